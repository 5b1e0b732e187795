import process from 'node:process';
import { describeError } from './disk/errors.js';

/** The answer to a text: how it is laid out, or why it can't be. */
export type Formatted = { readonly formatted: string } | { readonly failure: string };

process.on('message', (text: string) => {
  layOut(text).then(
    (formatted) => process.send?.({ formatted } satisfies Formatted),
    (error: unknown) => process.send?.({ failure: describeError(error) } satisfies Formatted),
  );
});

/** Settings of the project are not read: Prettier would run those that are programs. */
async function layOut(text: string): Promise<string> {
  const { format } = await import('prettier');
  const plugin = await import('prettier-plugin-sh');
  const endOfLine = text.includes('\r\n') ? 'crlf' : 'lf';
  return format(text, { parser: 'dockerfile', plugins: [plugin], filepath: 'Dockerfile', endOfLine });
}
