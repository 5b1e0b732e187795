import * as v from 'valibot';
import type { Transform } from '../../engine/types.js';
import { choiceEntries } from '../../files/config/schema.js';
import { described, oneOf, shape, texts } from '../../files/config/shapes.js';

const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
const BRANCH =
  /^(?!.*(?:\.\.|@\{|\/\/|\.lock(?:\/|$)))[^\s~^:?*[\\\u0000-\u001f/.-][^\s~^:?*[\\\u0000-\u001f]*(?<![/.])$/u;

const text = (description: string) => described(v.string(), description);
const flag = (description: string) => described(v.boolean(), description);
const count = (description: string) =>
  described(v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(1, 'expected 1 or more')), description);

const patterns = {
  include: texts('Only repositories whose name matches one of these, as in .gitignore: `acme/*`, `*-service`.'),
  exclude: texts('Never repositories whose name matches one of these.'),
};

const query = {
  url: text('Base URL of an instance of your own. Default: the public one.'),
  topic: text('Only repositories with this topic.'),
  archived: flag('Archived repositories, too. Default: false.'),
  forks: flag('Forks, too. Default: false.'),
};

const SOURCES = {
  directory: shape({
    directory: v.pipe(v.string(), v.description('Local repositories: a folder or a glob.')),
    ...patterns,
  }),
  git: shape({ git: v.pipe(v.string(), v.description('URL of one repository.')) }),
  list: shape({
    list: v.pipe(v.string(), v.description('A file with a URL or folder a line; # comments.')),
    ...patterns,
  }),
  github: shape({
    github: shape({
      organization: text('All repositories of an organisation.'),
      user: text('All repositories of a user.'),
      search: text("A query in the syntax of GitHub's repository search."),
      ...query,
    }),
    ...patterns,
  }),
  gitlab: shape({
    gitlab: shape({
      group: text('A group, with its subgroups.'),
      search: text('Words in the name.'),
      user: text('All projects of a user.'),
      ...query,
    }),
    ...patterns,
  }),
  gitea: shape({
    gitea: shape({
      organization: text('All repositories of an organisation.'),
      user: text('All repositories of a user.'),
      search: text('Words in the name.'),
      ...query,
    }),
    ...patterns,
  }),
};

const kindOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? Object.keys(value).find((name) => name in SOURCES) : undefined;

/** A source; its kind is the key that it has. */
const source = v.pipe(
  v.custom<object>((value) => kindOf(value) !== undefined, `expected one of ${Object.keys(SOURCES).join(', ')}`),
  v.union(Object.values(SOURCES)),
);

/** The forges of hosts, as campaigns and workers name them. */
export function forgesKey(description: string) {
  const forge = shape({
    host: v.pipe(v.string(), v.description('As in the URLs of its repositories, with a port where there is one.')),
    kind: oneOf(['github', 'gitlab', 'gitea', 'none']),
    url: text('Base URL. Default: https and the host.'),
    allowHttp: flag('Send its token over plain http, too. Default: false, except to this machine.'),
  });
  return described(v.array(forge), description);
}

/** Schema of a campaign file. */
export function campaignSchema(catalogue: readonly Transform[]) {
  return shape({
    $schema: v.optional(v.string()),
    name: v.pipe(
      v.string(),
      v.regex(NAME, 'letters, digits, dots, dashes and underscores'),
      v.description('Name of the campaign; its branch and its folder are named after it.'),
    ),
    sources: v.pipe(v.array(source), v.minLength(1, 'at least one'), v.description('Where the repositories are.')),
    ...patterns,
    forges: forgesKey('Which forge answers at a host; github.com, gitlab.com and codeberg.org are known.'),
    ...choiceEntries(catalogue),
    branch: described(
      v.pipe(v.string(), v.regex(BRANCH, 'not a valid branch name')),
      'Default: dockmod/ and the name.',
    ),
    commit: described(
      shape({
        style: described(oneOf(['transform', 'one']), 'A commit for each transform, or one in all. Default: one.'),
        message: text(
          'Default: "Fix Dockerfiles: …". {{transform}}, {{fixes.count}}, {{files.count}}, {{campaign}} and {{repository}} are replaced.',
        ),
        signOff: flag('Add a Signed-off-by line. Default: false.'),
        author: text('`Name <address>`. Default: as git is configured.'),
      }),
      'How changes are committed. Commits are signed when git is configured to sign (commit.gpgSign).',
    ),
    pullRequest: described(
      shape({
        title: text('Its title.'),
        body: text('Its text; {{body}} is the text that dockmod writes by default.'),
        labels: texts('Labels to put on it.'),
        reviewers: texts('Whom to ask for a review.'),
        assignees: texts('Whom to assign.'),
        draft: flag('Open it as a draft. Default: false.'),
        docs: text('Base URL of pages about the transforms.'),
      }),
      'Texts, people and labels of pull requests.',
    ),
    limits: described(
      shape({
        concurrency: count('Repositories at once. Default: 8.'),
        clones: count('Clones and pushes at once. Default: 8.'),
        pullRequestsPerHour: count('Pull requests opened in an hour. Default: no limit.'),
        openPullRequests: count('Pull requests that are open at once. Default: no limit.'),
        openPullRequestsPerOwner: count('The same, for each organisation, group or user.'),
      }),
      'Limits on work and pull requests at once.',
    ),
    waves: described(
      shape({
        sizes: v.pipe(
          v.array(v.pipe(v.number(), v.integer(), v.minValue(1, 'expected 1 or more'))),
          v.minLength(1, 'at least one'),
          v.description('Number of repositories in the first waves; the last wave takes the rest.'),
        ),
        maxFailed: described(
          v.pipe(v.number(), v.minValue(0, 'expected 0 to 1'), v.maxValue(1, 'expected 0 to 1')),
          'Share of red checks above which the next wave does not start. Default: 0.',
        ),
        wait: described(
          v.pipe(v.number(), v.minValue(0, 'expected 0 or more')),
          'Minutes to wait for checks to appear on a new pull request; after that it counts as having none. Default: 10.',
        ),
      }),
      'Pull requests are opened in waves: the next wave starts when the checks of the previous one are done.',
    ),
  });
}

export type CampaignInput = v.InferOutput<ReturnType<typeof campaignSchema>>;
export type SourceInput = CampaignInput['sources'][number];
