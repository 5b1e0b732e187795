// The JSON Schema of dockmod.config.json, made from the schema that checks it. `npm run build` writes it.
import { toJsonSchema } from '@valibot/to-json-schema';
import { format } from 'prettier';
import { configSchema } from '../src/files/config/schema.js';
import { transforms } from '../transforms/index.js';

export async function schemaText(): Promise<string> {
  const schema = toJsonSchema(configSchema(transforms), { errorMode: 'throw' });
  const titled = { title: 'Configuration of dockmod', ...schema };
  return format(JSON.stringify(titled), { parser: 'json', printWidth: 120 });
}
