import {
  booleanValue,
  type GitCommitOptions,
  type GitSigning,
  type JsonMap,
  type JsonSchema,
  optionalText,
} from '../../src/plugin-api/index.ts';

/** Who commits or tags. */
export const identityFields = {
  author_name: {
    type: 'string',
    minLength: 1,
    description: 'Name of who writes and commits; default: whom git knows.',
  },
  author_email: { type: 'string', minLength: 1, description: 'Address of who writes and commits; as `author_name`.' },
} as const satisfies { readonly [key: string]: JsonSchema };

/** Whether and how a commit or tag is signed, and who makes it. */
export const signingFields = {
  sign: {
    type: ['string', 'boolean'],
    enum: ['auto', true, false],
    description:
      'auto (default): as the settings of git say (commit.gpgsign, tag.gpgsign). true: a signature, or a failure. false: none.',
  },
  signing_key: {
    type: 'string',
    minLength: 1,
    description: 'The key to sign with; default: user.signingkey of git, or the key of who commits.',
  },
  signing_format: {
    type: 'string',
    enum: ['openpgp', 'ssh'],
    description: 'Kind of signature; default: gpg.format of git, which without any is openpgp.',
  },
  ...identityFields,
} as const satisfies { readonly [key: string]: JsonSchema };

export const noVerifyField: JsonSchema = {
  type: 'boolean',
  description: 'Leave out the hooks of the clone that could refuse; default false.',
};

/** What these fields of a step's configuration say. */
export function signingOptions(config: JsonMap): GitCommitOptions {
  const key = optionalText(config, 'signing_key');
  const name = optionalText(config, 'author_name');
  const email = optionalText(config, 'author_email');
  return {
    sign: typeof config.sign === 'boolean' ? config.sign : 'auto',
    ...(key === null ? {} : { signingKey: key }),
    ...formatOf(config),
    ...(name === null ? {} : { authorName: name }),
    ...(email === null ? {} : { authorEmail: email }),
    noVerify: booleanValue(config, 'no_verify', false),
  };
}

function formatOf({ signing_format: format }: JsonMap): GitSigning {
  return format === 'openpgp' || format === 'ssh' ? { signingFormat: format } : {};
}
