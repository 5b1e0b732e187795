// Extracts the operations that dockmod uses from the published descriptions of the forges' APIs, for the tests:
//   node scripts/refresh-openapi.mjs github FOLDER   the unpacked npm package @octokit/openapi (MIT; all of it is 400 MB)
//   node scripts/refresh-openapi.mjs gitea FOLDER    the unpacked npm package gitea-js (MIT), made from Gitea's swagger.v1.json
// GitLab publishes no package; its file is written by hand from doc/api/openapi/openapi_v3.yaml in gitlab-org/gitlab.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const GITHUB = [
  'GET /orgs/{org}/repos',
  'GET /users/{username}/repos',
  'GET /user',
  'GET /user/repos',
  'GET /search/repositories',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/commits/{ref}/status',
  'GET /repos/{owner}/{repo}/actions/runs',
];

const GITEA = [
  'GET /orgs/{org}',
  'GET /orgs/{org}/repos',
  'GET /orgs/{org}/labels',
  'GET /users/{username}',
  'GET /users/{username}/repos',
  'GET /repos/search',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{index}',
  'PATCH /repos/{owner}/{repo}/pulls/{index}',
  'POST /repos/{owner}/{repo}/pulls/{index}/requested_reviewers',
  'GET /repos/{owner}/{repo}/labels',
  'POST /repos/{owner}/{repo}/labels',
  'POST /repos/{owner}/{repo}/issues/{index}/labels',
  'GET /repos/{owner}/{repo}/issues/{index}/comments',
  'POST /repos/{owner}/{repo}/issues/{index}/comments',
  'GET /repos/{owner}/{repo}/commits/{ref}/status',
];

const [, , kind, folder] = process.argv;
if (folder === undefined) throw new Error('usage: node scripts/refresh-openapi.mjs github|gitea FOLDER');
const packed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

function readGitHub() {
  const name = 'api.github.com.deref.json';
  const file = [join(folder, 'generated', name), join(folder, name)].find((one) => existsSync(one));
  const { paths } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.fromEntries(
    GITHUB.map((operation) => {
      const [method, path] = operation.split(' ');
      const { parameters = [], requestBody } = paths[path][method.toLowerCase()];
      const kept = parameters.map(({ name, in: place, required, schema }) => ({ name, in: place, required, schema }));
      return [operation, { parameters: kept, body: requestBody?.content['application/json'].schema }];
    }),
  );
}

/** Reads the methods of the client; the comment of each names its request: `@request GET:/orgs/{org}/repos`. */
function readGitea() {
  const file = join(folder, 'dist', 'index.d.ts');
  const program = ts.createProgram([file], {});
  const checker = program.getTypeChecker();
  const found = new Map();
  const visit = (node) => {
    const request = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'request');
    if (request !== undefined && ts.isPropertySignature(node))
      found.set(String(request.comment).replace(':/', ' /').trim(), node.type);
    ts.forEachChild(node, visit);
  };
  visit(program.getSourceFile(file));
  return Object.fromEntries(GITEA.map((operation) => [operation, operationOf(found.get(operation), checker)]));
}

function operationOf(signature, checker) {
  const parameters = [];
  let body;
  for (const { name, type } of signature.parameters) {
    const described = schemaOf(checker.getTypeFromTypeNode(type), checker);
    if (name.text === 'params') continue;
    if (name.text === 'query')
      for (const [key, schema] of Object.entries(described.properties))
        parameters.push({ name: key, in: 'query', required: described.required?.includes(key) === true, schema });
    else if (described.type === 'object') body = described;
    else parameters.push({ name: name.text, in: 'path', required: true, schema: described });
  }
  return { parameters, body };
}

function schemaOf(type, checker) {
  const plain = checker.getNonNullableType(type);
  if (plain.isUnion()) {
    const members = plain.types;
    if (members.every((one) => one.isStringLiteral()))
      return { type: 'string', enum: members.map(({ value }) => value) };
    if (members.every((one) => one.flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
  }
  if (plain.flags & ts.TypeFlags.Any) return {};
  if (plain.flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (plain.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (plain.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
  if (checker.isArrayType(plain))
    return { type: 'array', items: schemaOf(checker.getTypeArguments(plain)[0], checker) };
  const members = plain.getProperties();
  const required = members.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
  const properties = members.map((member) => [member.name, schemaOf(checker.getTypeOfSymbol(member), checker)]);
  return { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 ? { required } : {}) };
}

const read = { github: readGitHub, gitea: readGitea }[kind];
const source = `${packed.name} ${packed.version}, ${packed.license} licence`;
const date = new Date().toISOString().slice(0, 10);
// Prose is left out, but not a field named `description`, whose value is an object.
const text = JSON.stringify({ source, date, operations: read() }, (key, value) =>
  /^(?:description|example|examples|title)$/.test(key) && typeof value !== 'object' ? undefined : value,
);
writeFileSync(join(import.meta.dirname, `../test/bulk/openapi/${kind}.json`), `${text}\n`);
