import { Ajv, type Schema } from 'ajv';
import description from './openapi/github.json' with { type: 'json' };

interface Operation {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly body?: Schema;
}

const OPTIONS = { strict: false, allErrors: true, validateFormats: false };
/** A query is text. */
const forQuery = new Ajv({ ...OPTIONS, coerceTypes: true });
const forBody = new Ajv(OPTIONS);
const operations = Object.entries(description.operations as Readonly<Record<string, Operation>>).map(
  ([name, operation]) => {
    const [method = '', path = ''] = name.split(' ');
    return { method: method.toUpperCase(), pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), operation };
  },
);

/** What GitHub's own description of its API has against a request; the prefix is that of GitHub Enterprise. */
export function githubProblems(method: string, url: string, body: unknown): readonly string[] {
  const { pathname, searchParams } = new URL(url.replace(/^\/api\/v3/, ''), 'http://localhost');
  const found = operations.find((one) => one.method === method && one.pattern.test(pathname));
  if (found === undefined) return [`${method} ${pathname}: there is no such operation`];
  const { parameters, body: schema } = found.operation;
  const legal = parameters.filter((one) => one.in === 'query');
  const problems = [...searchParams].flatMap(([name, value]) => {
    const parameter = legal.find((one) => one.name === name);
    if (parameter === undefined) return [`${method} ${pathname}: there is no parameter ${name}`];
    return check(forQuery, parameter.schema, value, `${method} ${pathname}?${name}`);
  });
  const missing = legal.filter(({ name, required }) => required === true && !searchParams.has(name));
  return [
    ...problems,
    ...missing.map(({ name }) => `${method} ${pathname}: ${name} is missing`),
    ...(schema === undefined ? [] : check(forBody, schema, body, `${method} ${pathname}`)),
  ];
}

function check(ajv: Ajv, schema: Schema, value: unknown, where: string): readonly string[] {
  const validate = ajv.compile({ type: 'object', properties: { value: schema } });
  return validate({ value }) ? [] : [`${where}: ${ajv.errorsText(validate.errors)}`];
}
