import type { Json, JsonMap, WorkflowType } from '../../src/plugin-api/index.ts';

/** The workflow type `release`: what is customary in a release, and two definitions to begin with. */
export const releaseWorkflow: WorkflowType = {
  name: 'release',
  title: 'Release',
  description: 'Release workflow for version bump, changelog, commit, tag, push',
  icon: '🚀',
  configuration: {
    type: 'object',
    properties: {
      version_file: { type: 'string', default: 'VERSION', path: true, description: 'File that holds the version.' },
      changelog_dir: {
        type: 'string',
        default: 'KB/Changelog_and_Release_Notes/Changelog_Archive',
        path: true,
        description: 'Folder of the detailed changelogs.',
      },
      main_changelog: {
        type: 'string',
        default: 'CHANGELOG.md',
        path: true,
        description: 'The changelog of all versions.',
      },
    },
  },
  customarySteps: [
    'release.version_bump',
    'release.changelog_create',
    'release.changelog_update',
    'release.readme_update',
    'project.kanban_update',
    'git.stage_all',
    'project.run_validators',
    'git.commit',
    'git.create_tag',
    'git.push',
  ],
  templates: [
    {
      name: 'Standard Release',
      description: 'Standard release workflow with all steps',
      definition: releaseDefinition('Standard Release', false),
    },
    {
      name: 'Quick Release',
      description: 'Release workflow without README update',
      definition: releaseDefinition('Quick Release', true),
    },
  ],
};

function releaseDefinition(name: string, skipReadme: boolean): JsonMap {
  return {
    name,
    version: '1.0.0',
    type: 'release',
    description: skipReadme ? 'Release without README update' : 'Release with all steps',
    config: {
      version_file: 'VERSION',
      changelog_dir: 'KB/Changelog_and_Release_Notes/Changelog_Archive',
      main_changelog: 'CHANGELOG.md',
    },
    parameters: parameters(skipReadme),
    steps: [
      step('bump', 'Bump Version', 'release.version_bump', [], {
        config: {
          increment_type: '{{ parameters.increment_type }}',
          version_file: '{{ config.version_file }}',
        },
      }),
      step('changelog-file', 'Create Detailed Changelog', 'release.changelog_create', ['bump'], {
        config: { changelog_dir: '{{ config.changelog_dir }}' },
      }),
      step('changelog', 'Update Main Changelog', 'release.changelog_update', ['changelog-file'], {
        config: { main_changelog: '{{ config.main_changelog }}' },
      }),
      step('readme', 'Update README', 'release.readme_update', ['bump'], { required: false }),
      step('kanban', 'Update Kanban Docs', 'project.kanban_update', ['bump'], { required: false }),
      step('stage', 'Stage Files', 'git.stage_all', ['changelog', 'readme', 'kanban']),
      step('validate', 'Run Validators', 'project.run_validators', ['stage'], { config: { validators: [] } }),
      step('commit', 'Commit Changes', 'git.commit', ['validate'], {
        config: { message_template: '{version} - {summary}' },
      }),
      step('tag', 'Create Git Tag', 'git.create_tag', ['commit'], {
        config: { tag_template: 'v{version}', message_template: 'Release {tag}: {summary}' },
      }),
      step('push', 'Push to Remote', 'git.push', ['tag'], { config: { push_tags: true } }),
    ],
  };
}

function step(
  id: string,
  name: string,
  handler: string,
  dependencies: readonly string[],
  more: { readonly [key: string]: Json } = {},
): JsonMap {
  return { id, name, handler, dependencies, ...more };
}

function parameters(skipReadme: boolean): readonly JsonMap[] {
  return [
    {
      name: 'summary',
      type: 'string',
      required: true,
      label: 'Release Summary',
      validation: { min_length: 10, max_length: 200 },
    },
    {
      name: 'increment_type',
      type: 'enum',
      default: 'patch',
      label: 'Part of the version to raise',
      options: ['patch', 'minor', 'major', 'feature', 'feature_set', 'build'],
    },
    {
      name: 'change_type',
      type: 'enum',
      default: 'maintenance',
      label: 'Release Type',
      options: [
        { value: 'feature', label: 'Feature 🚀' },
        { value: 'fix', label: 'Fix 🐞' },
        { value: 'security', label: 'Security 🔒' },
        { value: 'documentation', label: 'Documentation 📚' },
        { value: 'maintenance', label: 'Maintenance 🚧' },
      ],
    },
    { name: 'detailed_changes', type: 'textarea', label: 'Detailed Changes', validation: { max_length: 2000 } },
    { name: 'skip_readme', type: 'boolean', default: skipReadme, label: 'Skip README Update' },
  ];
}
