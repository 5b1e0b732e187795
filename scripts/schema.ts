// Makes the JSON Schemas of dockmod.config.json and campaign files from the schemas that check them. `npm run build` writes them.
import { toJsonSchema } from '@valibot/to-json-schema';
import { format } from 'prettier';
import type { GenericSchema } from 'valibot';
import { campaignSchema } from '../src/bulk/campaign/schema.js';
import { workerSchema } from '../src/bulk/queue/worker-places.js';
import { configSchema } from '../src/files/config/schema.js';
import { transforms } from '../transforms/index.js';

/** By file name. */
export async function schemaTexts(): Promise<Readonly<Record<string, string>>> {
  return {
    'dockmod.schema.json': await textOf('Configuration of dockmod', configSchema(transforms)),
    'dockmod.campaign.schema.json': await textOf('A campaign of dockmod', campaignSchema(transforms)),
    'dockmod.worker.schema.json': await textOf('Configuration of a worker of dockmod', workerSchema()),
  };
}

function textOf(title: string, schema: GenericSchema): Promise<string> {
  const json = { title, ...toJsonSchema(schema, { errorMode: 'ignore' }) };
  return format(JSON.stringify(json), { parser: 'json', printWidth: 120 });
}
