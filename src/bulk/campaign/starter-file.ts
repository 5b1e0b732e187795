/** What \`dockmod bulk init\` writes. */
export const STARTER_FILE = `# A campaign of dockmod: run \`dockmod bulk plan\` on this file, read the plan, then run \`dockmod bulk apply\`.
name: dockerfiles

# Where the repositories are. Keep the lines that you need.
sources:
  - directory: ../checkouts/*
  # - git: https://github.com/acme/shop.git
  # - list: repositories.txt
  # - github: { organization: acme, topic: docker }
  # - gitlab: { group: acme/platform }
  # - gitea: { organization: acme, url: https://git.example.com }

# Repositories to leave out.
# exclude:
#   - "*-archive"

# safe: the image stays the same. guarded: the image changes in a way that dockmod names. unsafe: a person should review it.
level: safe
# only: [pin-base-image]
# skip: [merge-run]

# branch: dockmod/dockerfiles
# commit:
#   style: transform
#   signOff: true
# pullRequest:
#   title: "chore(docker): {{fixes.count}}"
#   labels: [docker]
#   reviewers: [platform-team]

# Five repositories first, then 25, then the rest, each time when the checks of the wave before are green.
# waves:
#   sizes: [5, 25]
#   maxFailed: 0.1

# limits:
#   pullRequestsPerHour: 30
#   openPullRequests: 100
`;
