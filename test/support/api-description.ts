import { Ajv, type Schema, type ValidateFunction } from 'ajv';
import type { ForgeKind } from '../../src/bulk/forges/types.js';
import gitea from '../bulk/openapi/gitea.json' with { type: 'json' };
import github from '../bulk/openapi/github.json' with { type: 'json' };
import gitlab from '../bulk/openapi/gitlab.json' with { type: 'json' };

interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly body?: Schema;
}

type Operations = Readonly<Record<string, Operation>>;

/** By method and path, as in `GET /repos/{owner}/{repo}/pulls`. */
const DESCRIPTIONS: Readonly<Record<ForgeKind, Operations>> = {
  github: github.operations,
  gitlab: gitlab.operations,
  gitea: gitea.operations,
};

const OPTIONS = { strict: false, allErrors: true, validateFormats: false };
/** Values in a query are text. */
const forQuery = new Ajv({ ...OPTIONS, coerceTypes: true });
const forBody = new Ajv(OPTIONS);
const compiled = new Map<Schema, ValidateFunction>();

/** What is wrong with a request by the published description of an API. */
export function problemsOf(
  kind: ForgeKind,
  route: string,
  query: URLSearchParams,
  body: Readonly<Record<string, unknown>>,
): readonly string[] {
  const operation = DESCRIPTIONS[kind][route];
  if (operation === undefined) return [`${kind}: ${route}: there is no such operation`];
  const legal = operation.parameters.filter((one) => one.in === 'query');
  const problems = [...query].flatMap(([name, value]) => {
    const parameter = legal.find((one) => one.name === name);
    if (parameter === undefined) return [`?${name}: there is no such parameter`];
    return check(forQuery, parameter.schema, value).map((text) => `?${name}: ${text}`);
  });
  const missing = legal.filter(({ name, required }) => required === true && !query.has(name));
  const unknown = unknownFields(operation.body, body);
  return [
    ...problems,
    ...missing.map(({ name }) => `?${name} is missing`),
    ...unknown.map((name) => `there is no field ${name}`),
    ...(operation.body === undefined ? [] : check(forBody, operation.body, body)),
  ].map((problem) => `${kind}: ${route}: ${problem}`);
}

/** Forbids fields that a description does not name: it allows them, but the forge would ignore a misspelled one. */
function unknownFields(schema: Schema | undefined, body: Readonly<Record<string, unknown>>): readonly string[] {
  const {
    properties,
    oneOf = [],
    anyOf = [],
  } = (schema ?? {}) as {
    readonly properties?: object;
    readonly oneOf?: readonly { readonly properties?: object }[];
    readonly anyOf?: readonly { readonly properties?: object }[];
  };
  const known = [properties, ...[...oneOf, ...anyOf].map((one) => one.properties)].flatMap((one) =>
    Object.keys(one ?? {}),
  );
  return Object.keys(body).filter((name) => !known.includes(name));
}

function check(ajv: Ajv, schema: Schema, value: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? ajv.compile({ type: 'object', properties: { value: schema } });
  compiled.set(schema, validate);
  return validate({ value }) ? [] : [ajv.errorsText(validate.errors)];
}
