/** A campaign file to start from. */
export function campaignTemplate(): string {
  return TEMPLATE;
}

const TEMPLATE = `# A campaign of dockmod: \`dockmod bulk plan\` this file, look at the plan, then \`dockmod bulk apply\` it.
name: dockerfiles

# Where the repositories are. Take what you need.
sources:
  - directory: ../checkouts/*
  # - git: https://github.com/acme/shop.git
  # - list: repositories.txt
  # - github: { organization: acme, topic: docker }
  # - gitlab: { group: acme/platform }
  # - gitea: { organization: acme, url: https://git.example.com }

# Never these.
# exclude:
#   - "*-archive"

# safe: the same image comes out. guarded: a difference that dockmod names. unsafe: a person should read it.
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

# Five repositories first; the others when their checks are green.
# waves:
#   sizes: [5, 25]
#   maxFailed: 0.1

# limits:
#   pullRequestsPerHour: 30
#   openPullRequests: 100
`;
