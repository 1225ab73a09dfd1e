import { alertId, modelId, runId } from '../domain/ids';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { canonical, holds, rejects, same } from './contract-asserts';
import { KEPT_CONTENTS, KEPT_VERSIONS } from './models';
import {
  LOG_BYTES,
  OTHER_RUN,
  RUN,
  SAMPLE_BOARD,
  sampleAlert,
  sampleDecision,
  sampleInjection,
  sampleLogs,
  sampleModel,
  sampleRun,
  sampleScenario,
  sampleTelemetry,
  TELEMETRY_BYTES,
} from './sample-records';
import type { StoreHandle } from './store';
import { RETENTION_CHECKS } from './store-contract-retention';

type Check = (store: StoreHandle) => Promise<void>;

/**
 * Runs every check of the store's contract, each on an emptied store, on whichever backend is behind it. Gives the names of the checks that
 * were made. Throws an Error with the check's name and the difference at the first that fails. The store ends up empty.
 */
export async function runStoreContract(store: StoreHandle): Promise<string[]> {
  const checked: string[] = [];
  for (const [name, check] of Object.entries({ ...CHECKS, ...RETENTION_CHECKS })) {
    await store.erase();
    try {
      await check(store);
    } catch (cause) {
      throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
    checked.push(name);
  }
  await store.erase();
  return checked;
}

const CHECKS: Readonly<Record<string, Check>> = {
  'an empty store answers with nothing and the default settings': async (store) => {
    same(await store.runs(), []);
    same(await store.run(RUN), undefined);
    same(await store.telemetry(RUN, 0, 1e15), []);
    same(await store.logs(RUN, 0, 1e15), []);
    same(await store.alerts({ limit: 10 }), []);
    same(await store.alert(alertId('a1')), undefined);
    same(await store.decisions(RUN), []);
    same(await store.injections(RUN), []);
    same(await store.models(), []);
    same(await store.activeModel('metrics'), undefined);
    same(await store.model(modelId('metrics-1')), undefined);
    same(await store.settings(), { ok: true, value: DEFAULT_SETTINGS });
    same(await store.prune(0), 0);
  },

  'a run comes back as it was put, and is replaced by its id': async (store) => {
    await store.putRun(sampleRun(OTHER_RUN, 2000));
    await store.putRun(sampleRun());
    await store.putRun({ ...sampleRun(), savedAt: 77 });
    same(await store.runs(), [{ ...sampleRun(), savedAt: 77 }, sampleRun(OTHER_RUN, 2000)]);
    same(await store.run(OTHER_RUN), sampleRun(OTHER_RUN, 2000));
  },

  'a board comes back to the bit with its run, stays where none is put, and is of one run alone': async (store) => {
    same(await store.board(RUN), undefined);
    await store.putRun(sampleRun(), SAMPLE_BOARD);
    await store.putRun(sampleRun(OTHER_RUN, 2000));
    await store.putRun({ ...sampleRun(), savedAt: 77 });
    same(await store.board(RUN), SAMPLE_BOARD);
    same(await store.board(OTHER_RUN), undefined);
    // Whoever reads runs, to go on from them, is not handed it.
    holds(!canonical(await store.runs()).includes('counted'), 'a run holds its board');
  },

  'own scenarios come newest first, are replaced by their key and deleted one by one': async (store) => {
    same(await store.scenarios(), []);
    for (const [key, keptAt] of [
      ['s1', 10],
      ['s3', 30],
      ['s2', 20],
    ] as const)
      await store.putScenario(sampleScenario(key, keptAt));
    await store.putScenario({ ...sampleScenario('s1', 10), text: '{"name":"new"}' });
    same(await store.scenarios(), [
      sampleScenario('s3', 30),
      sampleScenario('s2', 20),
      { ...sampleScenario('s1', 10), text: '{"name":"new"}' },
    ]);
    await store.removeScenario('s2');
    await store.removeScenario('never there');
    same(
      (await store.scenarios()).map(({ key }) => key),
      ['s3', 's1'],
    );
  },

  'telemetry comes back to the bit, in order of seq, where it overlaps the span': async (store) => {
    for (const seq of [2, 0, 1, 3]) await store.addTelemetry(sampleTelemetry(seq));
    await store.addTelemetry(sampleTelemetry(1, OTHER_RUN));
    same(await store.telemetry(RUN, 1999, 2000), [sampleTelemetry(1), sampleTelemetry(2)]);
    same(
      await store.telemetry(RUN, 0, 1e15),
      [0, 1, 2, 3].map((seq) => sampleTelemetry(seq)),
    );
    same(await store.telemetry(RUN, 4000, 5000), []);
    same(await store.telemetry(OTHER_RUN, 0, 1e15), [sampleTelemetry(1, OTHER_RUN)]);
  },

  'log chunks come back to the bit': async (store) => {
    await store.addLogs(sampleLogs(5));
    await store.addLogs(sampleLogs(4));
    same(await store.logs(RUN, 0, 1e15), [sampleLogs(4), sampleLogs(5)]);
    same(await store.logs(runId('run'), 0, 1e15), []);
  },

  'the last chunk of a run is told by both kinds and by nobody else': async (store) => {
    same(await store.lastChunk(RUN), undefined);
    for (const seq of [2, 0, 3]) await store.addTelemetry(sampleTelemetry(seq));
    await store.addLogs(sampleLogs(5));
    await store.addTelemetry(sampleTelemetry(9, OTHER_RUN));
    const ends = [...(await store.telemetry(RUN, 0, 1e15)), ...(await store.logs(RUN, 0, 1e15))].map(
      (chunk) => chunk.to,
    );
    same(await store.lastChunk(RUN), { seq: 5, to: Math.max(...ends) });
  },

  'a chunk with the same run and seq replaces the first and is counted once': async (store) => {
    await store.addTelemetry(sampleTelemetry(0));
    await store.addTelemetry({ ...sampleTelemetry(0), score: Float32Array.of(7, 8, 9) });
    same((await store.telemetry(RUN, 0, 1e15)).length, 1);
    same((await store.telemetry(RUN, 0, 1e15))[0]?.score, Float32Array.of(7, 8, 9));
    const usage = await store.usage();
    same([usage.telemetryBytes, usage.counts.telemetry, usage.counts.samples], [TELEMETRY_BYTES, 1, 3]);
  },

  'a column that is a view stores only its own part': async (store) => {
    const wide = new Float32Array(10_000);
    wide.set([7, 8, 9], 100);
    await store.addTelemetry({ ...sampleTelemetry(0), score: wide.subarray(100, 103) });
    const [chunk] = await store.telemetry(RUN, 0, 1e15);
    same(chunk?.score, Float32Array.of(7, 8, 9));
    same(chunk?.score.buffer.byteLength, 12);
    same(wide.length, 10_000);
  },

  'what was stored does not change with the object that was handed over': async (store) => {
    const chunk = sampleTelemetry(0);
    await store.addTelemetry(chunk);
    chunk.score[0] = 55;
    same(await store.telemetry(RUN, 0, 1e15), [sampleTelemetry(0)]);
    (await store.telemetry(RUN, 0, 1e15))[0]?.score.fill(66);
    same(await store.telemetry(RUN, 0, 1e15), [sampleTelemetry(0)]);
  },

  'usage counts bytes, rows and records': async (store) => {
    await store.addTelemetry(sampleTelemetry(0));
    await store.addTelemetry(sampleTelemetry(1));
    await store.addLogs(sampleLogs(0));
    await store.putAlerts([sampleAlert('a1', 5), sampleAlert('a2', 6)]);
    const usage = await store.usage();
    same([usage.mode, usage.telemetryBytes, usage.logBytes], [store.mode, 2 * TELEMETRY_BYTES, LOG_BYTES]);
    same(usage.counts, {
      telemetry: 2,
      samples: 6,
      logs: 1,
      logLines: 2,
      runs: 0,
      alerts: 2,
      decisions: 0,
      injections: 0,
      models: 0,
      scenarios: 0,
      damaged: usage.counts.damaged,
    });
  },

  'pruning deletes the oldest chunks first and never facts': async (store) => {
    await fillWithFacts(store);
    for (let seq = 0; seq < 50; seq++) await store.addTelemetry(sampleTelemetry(seq));
    await store.addLogs(sampleLogs(0));
    const kept = 3 * TELEMETRY_BYTES + LOG_BYTES;
    same(await store.prune(kept), 47);
    same(
      (await store.telemetry(RUN, 0, 1e15)).map((chunk) => chunk.seq),
      [47, 48, 49],
    );
    same((await store.logs(RUN, 0, 1e15)).length, 1);
    same(await store.prune(kept), 0);
    same(await store.prune(0), 4);
    const usage = await store.usage();
    same([usage.telemetryBytes, usage.logBytes, usage.counts.telemetry, usage.counts.logs], [0, 0, 0, 0]);
    await expectFacts(store);
  },

  'alerts come newest first, of one run or of all, and one by its id': async (store) => {
    await store.putAlerts([sampleAlert('a1', 10), sampleAlert('a3', 30), sampleAlert('a2', 20, OTHER_RUN)]);
    same(
      (await store.alerts({ limit: 10 })).map((alert) => alert.id),
      ['a3', 'a2', 'a1'],
    );
    same(
      (await store.alerts({ limit: 2 })).map((alert) => alert.id),
      ['a3', 'a2'],
    );
    same(
      (await store.alerts({ runId: RUN, limit: Number.POSITIVE_INFINITY })).map((alert) => alert.id),
      ['a3', 'a1'],
    );
    same(await store.alerts({ limit: 0 }), []);
    await store.putAlerts([{ ...sampleAlert('a1', 10), state: 'resolved', closedAt: 99 }]);
    same(await store.alert(alertId('a1')), { ...sampleAlert('a1', 10), state: 'resolved', closedAt: 99 });
    same((await store.alerts({ limit: 10 })).length, 3);
  },

  'decisions keep the order in which they were added, even when the clock steps back': async (store) => {
    await store.addDecisions([sampleDecision('z', 50), sampleDecision('b', 50, 'release')]);
    await store.addDecisions([sampleDecision('a', 40)]);
    same(await store.decisions(RUN), [
      sampleDecision('z', 50),
      sampleDecision('b', 50, 'release'),
      sampleDecision('a', 40),
    ]);
    same(await store.decisions(OTHER_RUN), []);
  },

  'decisions are append-only: the same again is no news, another content under the same id is refused whole': async (
    store,
  ) => {
    await store.addDecisions([sampleDecision('a', 1)]);
    await store.addDecisions([sampleDecision('a', 1), sampleDecision('b', 2)]);
    await rejects(() => store.addDecisions([sampleDecision('c', 3), sampleDecision('a', 1, 'release')]), 'append-only');
    same(await store.decisions(RUN), [sampleDecision('a', 1), sampleDecision('b', 2)]);
  },

  'decisions added at the same time all arrive': async (store) => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => store.addDecisions([sampleDecision(`d${i}`, i)])));
    same((await store.decisions(RUN)).length, 20);
  },

  'injections come by onset and are replaced by their id': async (store) => {
    await store.putInjections(RUN, [sampleInjection('i2', 20), sampleInjection('i1', 10)]);
    await store.putInjections(RUN, [{ ...sampleInjection('i2', 20), status: 'ended' }]);
    same(await store.injections(RUN), [sampleInjection('i1', 10), { ...sampleInjection('i2', 20), status: 'ended' }]);
    same(await store.injections(OTHER_RUN), []);
  },

  'a model comes back to the bit and the newest of its kind is the active one': async (store) => {
    await store.putModel(sampleModel('metrics', 1));
    await store.putModel(sampleModel('logs', 1));
    await store.putModel(sampleModel('metrics', 2));
    same(await store.activeModel('metrics'), sampleModel('metrics', 2));
    same(await store.activeModel('logs'), sampleModel('logs', 1));
    same(
      (await store.models()).map((info) => [info.id, info.active]),
      [
        ['logs-1', true],
        ['metrics-1', false],
        ['metrics-2', true],
      ],
    );
    const first = sampleModel('metrics', 1);
    same(await store.model(modelId('metrics-1')), { ...first, info: { ...first.info, active: false } });
  },

  'only the newest contents of a kind are kept; what is known about the older ones stays': async (store) => {
    await store.putModel(sampleModel('logs', 1));
    for (let version = 1; version <= KEPT_CONTENTS + 2; version++)
      await store.putModel(sampleModel('metrics', version));
    const kept = [];
    for (const info of await store.models()) {
      if ((await store.model(info.id)) !== undefined) kept.push(info.id);
    }
    same(kept, ['logs-1', 'metrics-3', 'metrics-4', 'metrics-5', 'metrics-6', 'metrics-7']);
    same((await store.models()).length, KEPT_CONTENTS + 3);
  },

  'the oldest model versions are forgotten, whatever their number': async (store) => {
    await store.putModel(sampleModel('logs', 1));
    for (let version = 1; version <= KEPT_VERSIONS + 2; version++)
      await store.putModel(sampleModel('metrics', version));
    const versions = (await store.models()).filter((info) => info.kind === 'metrics').map((info) => info.version);
    same([versions.length, versions[0], versions.at(-1)], [KEPT_VERSIONS, 3, KEPT_VERSIONS + 2]);
    same((await store.models()).length, KEPT_VERSIONS + 1);
  },

  'settings come back, and damaged ones are an error that names the field': async (store) => {
    await store.putSettings({ ...DEFAULT_SETTINGS, logWeight: 2.5 });
    same(await store.settings(), { ok: true, value: { ...DEFAULT_SETTINGS, logWeight: 2.5 } });
    await store.putSettings({ ...DEFAULT_SETTINGS, retrainEvery: -1 });
    const bad = await store.settings();
    holds(!bad.ok && bad.error.message.includes('settings.retrainEvery'), JSON.stringify(bad));
  },

  'a damaged record is left out and counted, the others stay': async (store) => {
    const before = (await store.usage()).counts.damaged ?? 0;
    await store.putAlerts([sampleAlert('good', 1), { ...sampleAlert('bad', 2), severity: 'fatal' as 'critical' }]);
    await store.addTelemetry({ ...sampleTelemetry(0), score: new Float32Array(2) });
    await store.addTelemetry(sampleTelemetry(1));
    same(
      (await store.alerts({ limit: 10 })).map((alert) => alert.id),
      ['good'],
    );
    same(await store.telemetry(RUN, 0, 1e15), [sampleTelemetry(1)]);
    same(((await store.usage()).counts.damaged ?? 0) - before, 2);
  },

  'erase leaves nothing': async (store) => {
    await fillWithFacts(store);
    await store.addTelemetry(sampleTelemetry(0));
    await store.erase();
    same((await store.usage()).counts.telemetry, 0);
    same(await store.telemetry(RUN, 0, 1e15), []);
    same([...(await store.runs()), ...(await store.models()), ...(await store.decisions(RUN))], []);
    same(await store.settings(), { ok: true, value: DEFAULT_SETTINGS });
    same(await store.board(RUN), undefined);
    same(await store.scenarios(), []);
  },

  'a backup brings everything back after an erase, to the bit': async (store) => {
    await fillWithFacts(store);
    await store.addTelemetry(sampleTelemetry(1));
    await store.addLogs(sampleLogs(1));
    await store.addTelemetry(sampleTelemetry(0));
    const backup = await store.exportBackup();
    const usage = await store.usage();
    await store.erase();
    await store.putRun(sampleRun(runId('run-3')));
    same(await store.importBackup(backup), { ok: true, value: undefined });
    await expectFacts(store);
    same(await store.telemetry(RUN, 0, 1e15), [sampleTelemetry(0), sampleTelemetry(1)]);
    same(await store.logs(RUN, 0, 1e15), [sampleLogs(1)]);
    same((await store.usage()).counts, usage.counts);
    same(await store.exportBackup(), backup);
    // Age survived: seq 1 was stored first.
    same(await store.prune(TELEMETRY_BYTES), 2);
    same(await store.telemetry(RUN, 0, 1e15), [sampleTelemetry(0)]);
    await store.addDecisions([sampleDecision('after', 1)]);
    same((await store.decisions(RUN)).map((decision) => decision.id).at(-1), 'after');
  },

  'a bad backup is refused with the reason and changes nothing': async (store) => {
    await fillWithFacts(store);
    const backup = await store.exportBackup();
    for (const [text, reason] of badBackups(backup)) {
      const imported = await store.importBackup(text);
      holds(
        !imported.ok && imported.error.code === 'backup' && imported.error.message.includes(reason),
        `expected a refusal with "${reason}", got ${JSON.stringify(imported)}`,
      );
      await expectFacts(store);
    }
  },
};

/** Texts that are not this app's backup, with a part of the message each must be refused with. */
export function badBackups(backup: string): readonly (readonly [string, string])[] {
  return [
    ['', 'empty'],
    ['<html>', 'not JSON'],
    ['[]', 'format is undefined'],
    ['{"format":"cloud-anomaly-model"}', 'format is "cloud-anomaly-model"'],
    [backup.slice(0, -10), 'cut off'],
    [backup.replace('"schemaVersion":2', '"schemaVersion":3'), 'newer: schemaVersion 3'],
    [backup.replace('"schemaVersion":2', '"schemaVersion":"2"'), 'schemaVersion must be'],
    [backup.replace('web-1', 'web-2'), 'SHA-256'],
    [backup.replace('{"format"', '{ "format"'), 'the head'],
    [`${'['.repeat(10_000)}`, 'too deep'],
  ];
}

async function fillWithFacts(store: StoreHandle): Promise<void> {
  await store.putRun(sampleRun(), SAMPLE_BOARD);
  await store.putScenario(sampleScenario('s1', 10));
  await store.putAlerts([sampleAlert('a1', 10)]);
  await store.addDecisions([sampleDecision('b', 2), sampleDecision('a', 2, 'release')]);
  await store.putInjections(RUN, [sampleInjection('i1', 10)]);
  await store.putModel(sampleModel('metrics', 1));
  await store.putSettings({ ...DEFAULT_SETTINGS, seed: 42 });
}

async function expectFacts(store: StoreHandle): Promise<void> {
  same(await store.runs(), [sampleRun()]);
  same(await store.board(RUN), SAMPLE_BOARD);
  same(await store.scenarios(), [sampleScenario('s1', 10)]);
  same(await store.alerts({ limit: 10 }), [sampleAlert('a1', 10)]);
  same(await store.decisions(RUN), [sampleDecision('b', 2), sampleDecision('a', 2, 'release')]);
  same(await store.injections(RUN), [sampleInjection('i1', 10)]);
  same(await store.activeModel('metrics'), sampleModel('metrics', 1));
  same(await store.settings(), { ok: true, value: { ...DEFAULT_SETTINGS, seed: 42 } });
}
