/** What a container of an application answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from './application.js';
import { docker } from './docker.js';

/** One line an answer, so that two runs can be compared; after a restart, too. */
export async function behaviourOf(tag: string, application: Application): Promise<readonly string[]> {
  const { port, requests = [], runs = [] } = application;
  if (port === undefined) return runs.map((args) => shown(docker(['run', '--rm', '--network=none', tag, ...args], 60)));
  const name = `dockmod-${tag.replace(/\W/g, '-')}`;
  docker(['rm', '-f', name]);
  try {
    const started = docker(['run', '-d', '--name', name, '--network=host', tag]);
    if (started.code !== 0) return [`does not start: ${started.output}`];
    const first = await answers(name, port, requests);
    docker(['restart', '-t', '1', name]);
    return [...first, ...(await answers(name, port, requests)).map((answer) => `after a restart: ${answer}`)];
  } finally {
    docker(['rm', '-f', name]);
  }
}

function shown({ code, output }: { readonly code: number; readonly output: string }): string {
  return `${code}: ${output.trim()}`;
}

async function answers(name: string, port: number, requests: readonly string[]): Promise<readonly string[]> {
  if (!(await isUp(name, port))) return [`is not up: ${docker(['logs', '--tail', '5', name]).output.trim()}`];
  const found: string[] = [];
  for (const request of requests) {
    const [method = 'GET', path = '/'] = request.split(' ');
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    found.push(`${request}: ${response.status} ${await response.text()}`);
  }
  return found;
}

async function isUp(name: string, port: number): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    if (docker(['inspect', '-f', '{{.State.Running}}', name]).output.trim() !== 'true') return false;
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return true;
    } catch {
      await sleep(250);
    }
  }
  return false;
}
