// Takes the operations that dockmod uses out of GitHub's published OpenAPI description, for the tests:
// `node scripts/refresh-openapi.mjs FOLDER`, where FOLDER is the unpacked npm package @octokit/openapi (MIT). All of it is 400 MB.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const OPERATIONS = [
  'get /orgs/{org}/repos',
  'get /users/{username}/repos',
  'get /search/repositories',
  'get /repos/{owner}/{repo}/pulls',
  'post /repos/{owner}/{repo}/pulls',
  'patch /repos/{owner}/{repo}/pulls/{pull_number}',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  'post /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'post /repos/{owner}/{repo}/issues/{issue_number}/assignees',
  'post /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'get /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'get /repos/{owner}/{repo}/commits/{ref}/status',
];

const [, , folder] = process.argv;
if (folder === undefined) throw new Error('which folder is the package in?');
const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const { version } = read('package.json');
const { paths } = read(
  folder.endsWith('generated') ? 'api.github.com.deref.json' : 'generated/api.github.com.deref.json',
);
const operations = Object.fromEntries(
  OPERATIONS.map((name) => {
    const [method, path] = name.split(' ');
    const { parameters = [], requestBody } = paths[path][method];
    const body = requestBody?.content['application/json'].schema;
    return [
      name,
      {
        parameters: parameters.map(({ name, in: place, required, schema }) => ({ name, in: place, required, schema })),
        body,
      },
    ];
  }),
);
const source = `@octokit/openapi ${version}, api.github.com, MIT licence`;
const date = new Date().toISOString().slice(0, 10);
const text = JSON.stringify({ source, date, operations }, (key, value) =>
  /^(?:description|example|examples|title)$/.test(key) && typeof value !== 'object' ? undefined : value,
);
writeFileSync('test/bulk/openapi/github.json', `${text}\n`);
