/** Of a repository that has no remote of that name, with the way on. */
export function noRemoteText(remote: string): string {
  return `the repository has no remote \`${remote}\`: add it (git remote add ${remote} <url>), or set \`remote\``;
}
