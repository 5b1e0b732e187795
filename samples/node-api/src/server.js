import { readFile } from 'node:fs/promises';
import fastify from 'fastify';

const config = JSON.parse(await readFile(new URL('../config/default.json', import.meta.url), 'utf8'));
const app = fastify({ logger: true });

app.get('/thumbnails/config', () => config.thumbnails);
await app.listen({ port: 3000, host: '0.0.0.0' });
