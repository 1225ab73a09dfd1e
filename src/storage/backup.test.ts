import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openMemoryBackend } from './memory-backend';
import {
  SAMPLE_BOARD,
  sampleAlert,
  sampleLogs,
  sampleModel,
  sampleRun,
  sampleScenario,
  sampleTelemetry,
} from './sample-records';
import { type StoreHandle, storeOver } from './store';

type Bag = Record<string, unknown>;
type Content = Record<string, Bag[]>;

async function filledStore(): Promise<StoreHandle> {
  const store = storeOver(openMemoryBackend(), () => undefined);
  await store.putRun(sampleRun(), SAMPLE_BOARD);
  await store.putAlerts([sampleAlert('a1', 1)]);
  await store.putModel(sampleModel('metrics', 1));
  await store.addTelemetry(sampleTelemetry(0));
  await store.addLogs(sampleLogs(0));
  return store;
}

/** A backup with its content changed and the digest made right again. */
function craft(backup: string, change: (content: Content) => void, version = 2): string {
  const { content } = JSON.parse(backup) as { content: Content };
  change(content);
  const text = JSON.stringify(content);
  const digest = createHash('sha256').update(text).digest('hex');
  return `{"format":"cloud-anomaly-backup","schemaVersion":${version},"sha256":"${digest}","content":${text}}`;
}

describe('a backup', () => {
  it('with the right digest is taken', async () => {
    const store = await filledStore();
    const backup = await store.exportBackup();
    expect(craft(backup, () => undefined)).toBe(backup);
    expect(await store.importBackup(backup)).toEqual({ ok: true, value: undefined });
  });

  it('of an earlier version, without the later sections, is taken', async () => {
    const store = await filledStore();
    await store.putScenario(sampleScenario('s1', 5));
    const older = craft(
      await store.exportBackup(),
      (content) => {
        delete content.boards;
        delete content.scenarios;
      },
      1,
    );
    expect(await store.importBackup(older)).toEqual({ ok: true, value: undefined });
    expect(await store.runs()).toEqual([sampleRun()]);
    expect(await store.scenarios()).toEqual([]);
    expect(await store.board(sampleRun().runId)).toBeUndefined();
  });

  it.each<readonly [string, (content: Content) => void, string]>([
    ['a board of no run', (c) => Object.assign(c.boards?.[0] ?? {}, { runId: '' }), 'boards[0]: runId is missing'],
    [
      'a board that is a text',
      (c) => Object.assign(c.boards?.[0] ?? {}, { board: 'x' }),
      'boards[0]: board is no object',
    ],
    [
      'a scenario without a text',
      (c) => Object.assign(c, { scenarios: [{ key: 's', keptAt: 1 }] }),
      'scenarios[0]: text',
    ],
    [
      'an alert of unknown severity',
      (c) => Object.assign(c.alerts?.[0] ?? {}, { severity: 'fatal' }),
      'alerts[0]: severity',
    ],
    ['an alert without an id', (c) => delete c.alerts?.[0]?.id, 'alerts[0]: id'],
    ['a section that is no list', (c) => Object.assign(c, { decisions: {} }), 'content.decisions is not a list'],
    ['an unknown section', (c) => Object.assign(c, { secrets: [] }), 'unknown section "secrets"'],
    [
      'a run with a device that is a text',
      (c) => Object.assign(c.runs?.[0]?.catalog ?? {}, { devices: ['x'] }),
      'runs[0]: catalog.devices.0',
    ],
    [
      'columns of different lengths',
      (c) => Object.assign(c.chunks?.[0]?.chunk ?? {}, { n: 4 }),
      'chunks[0]: columns of 3',
    ],
    [
      'a column of the wrong type',
      (c) => Object.assign(c.chunks?.[0]?.chunk ?? {}, { score: { $u8: '' } }),
      'chunks[0]: score',
    ],
    [
      'line offsets beyond the text',
      (c) => Object.assign(c.chunks?.[1]?.chunk ?? {}, { offsets: { $u32: 'AAAAAAIAAAD/AAAA' } }),
      'chunks[1]: line offsets',
    ],
    [
      'a model of no kind',
      (c) => Object.assign(c.models?.[0]?.info ?? {}, { kind: 'x' }),
      'models[0]: model.kind must be metrics or logs',
    ],
    [
      'settings out of range',
      (c) => Object.assign(c, { settings: { logWeight: 99 } }),
      'settings.logWeight must be in [0, 10]',
    ],
    [
      'a tag that does not exist',
      (c) => Object.assign(c.runs?.[0] ?? {}, { checkpoint: { $date: '' } }),
      'content.runs[0].checkpoint: unknown tag',
    ],
  ])('with %s is refused whole, although the digest is right', async (_name, change, reason) => {
    const store = await filledStore();
    const backup = await store.exportBackup();
    const imported = await store.importBackup(craft(backup, change));
    expect(imported).toMatchObject({ ok: false, error: { code: 'backup', message: expect.stringContaining(reason) } });
    expect(await store.exportBackup()).toBe(backup);
  });

  it('leaves out damaged records, so that it can be read again', async () => {
    const store = await filledStore();
    await store.putAlerts([{ ...sampleAlert('bad', 2), severity: 'fatal' as 'critical' }]);
    const backup = await store.exportBackup();
    expect(await store.importBackup(backup)).toEqual({ ok: true, value: undefined });
    expect((await store.alerts({ limit: 9 })).map((alert) => alert.id)).toEqual(['a1']);
  });
});
