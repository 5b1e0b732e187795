import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal } from '../../src/bulk/journal/journal.js';
import { statusesOf } from '../../src/bulk/journal/repository-status.js';
import type { JournalEvent } from '../../src/bulk/journal/types.js';
import { temporaryFolder } from '../support/repositories.js';

const now = (): Date => new Date('2026-01-02T03:04:05Z');
const event: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc.record({ event: fc.constant('failed' as const), reason: fc.string({ unit: 'grapheme' }) }),
  fc.record({ event: fc.constant('pushing' as const), branch: fc.string(), commit: fc.string() }),
  fc.record({ event: fc.constant('nothing' as const), reason: fc.string() }),
);

describe('the journal', () => {
  it('can be read, and added to, after a crash at any byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 6 }), fc.nat(), async (events, at) => {
        const file = join(temporaryFolder(), 'journal.jsonl');
        const journal = openJournal(file, now);
        for (const one of events) await journal.append('r', one);
        await journal.close();
        const whole = readJournal(file);
        expect(whole).toHaveLength(events.length);

        const length = at % (readFileSync(file).length + 1);
        truncateSync(file, length);
        const left = readJournal(file);
        expect(left).toEqual(whole.slice(0, left.length));
        const lines = readFileSync(file).filter((byte) => byte === 0x0a).length;
        expect(left).toHaveLength(lines);

        const again = openJournal(file, now);
        await again.append('r', { event: 'nothing', reason: 'after' });
        await again.close();
        expect(readJournal(file)).toEqual([
          ...left,
          { at: now().toISOString(), repository: 'r', event: 'nothing', reason: 'after' },
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('loses only the line that is damaged', () => {
    const file = join(temporaryFolder(), 'journal.jsonl');
    const line = (reason: string): string =>
      `${JSON.stringify({ at: now().toISOString(), repository: 'r', event: 'failed', reason })}\n`;
    writeFileSync(file, line('one'));
    appendFileSync(file, '\u0000\u0000{"at"\n42\nnull\n');
    appendFileSync(file, line('two'));
    expect(readJournal(file).map((record) => 'reason' in record && record.reason)).toEqual(['one', 'two']);
  });

  it('is on the disk however many write at once', async () => {
    const file = join(temporaryFolder(), 'journal.jsonl');
    const journal = openJournal(file, now);
    const written = Array.from({ length: 50 }, (_, index) =>
      journal.append(`r${index}`, { event: 'nothing', reason: '' }),
    );
    await Promise.all(written);
    expect(readJournal(file).map(({ repository }) => repository)).toEqual(written.map((_, index) => `r${index}`));
    await journal.close();
  });
});

describe('the status of a repository', () => {
  const after = (...events: JournalEvent[]) =>
    statusesOf(events.map((one) => ({ at: '2026-01-01T00:00:00Z', repository: 'r', ...one }))).get('r');
  const opened = { event: 'pull-request', number: 1, url: 'u', state: 'open', checks: 'none', wave: 2 } as const;
  const pushed = { event: 'pushed', branch: 'b', commit: 'c', content: 'x' } as const;

  it('survives a new plan and later failures', () => {
    const planned = { event: 'planned', head: 'h', files: 1, fixes: { a: 1 } } as const;
    expect(after(planned, pushed, opened, planned)).toMatchObject({ state: 'open', wave: 2 });
    expect(after(pushed, opened, { event: 'skipped', reason: 'why' })).toMatchObject({ state: 'open', reason: 'why' });
    expect(after(pushed, opened, { event: 'nothing', reason: 'nothing to fix' })).toMatchObject({
      state: 'open',
      reason: 'nothing to fix: the pull request can be closed',
    });
    expect(after(planned, { event: 'failed', reason: 'why' }, planned)).toMatchObject({
      state: 'planned',
      reason: undefined,
    });
  });

  it('knows every commit that may have been pushed', () => {
    const pushing = (commit: string) => ({ event: 'pushing', branch: 'b', commit }) as const;
    expect(after(pushing('1'), pushing('2'), pushed)?.intents).toEqual(['1', '2']);
  });
});
