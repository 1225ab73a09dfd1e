import { canonical, same } from './contract-asserts';
import {
  OTHER_RUN,
  RUN,
  SAMPLE_BOARD,
  sampleAlert,
  sampleDecision,
  sampleInjection,
  sampleLogs,
  sampleRun,
  sampleTelemetry,
} from './sample-records';
import type { StoreHandle } from './store';

const LIMITS = { runs: 1, alerts: 100, open: [] };

/** What is kept, what is deleted, and how much is read at a time. Each check gets an emptied store. */
export const RETENTION_CHECKS: Readonly<Record<string, (store: StoreHandle) => Promise<void>>> = {
  'a walk gives every chunk of a run once, in order of seq, but no damaged one': async (store) => {
    same(await gather(store.walkTelemetry(RUN)), []);
    const seqs = [12, 0, 1, 2, 5, 6, 7, 8, 9, 11];
    for (const seq of seqs) await store.addTelemetry(sampleTelemetry(seq));
    await store.addTelemetry({ ...sampleTelemetry(4), score: new Float32Array(2) });
    await store.addTelemetry(sampleTelemetry(3, OTHER_RUN));
    await store.addLogs(sampleLogs(20));
    const sorted = seqs.sort((a, b) => a - b);
    same(
      await gather(store.walkTelemetry(RUN)),
      sorted.map((seq) => sampleTelemetry(seq)),
    );
    same(await gather(store.walkLogs(RUN)), [sampleLogs(20)]);
  },

  'a walk ends where the run stood when it began': async (store) => {
    for (let seq = 0; seq < 6; seq++) await store.addTelemetry(sampleTelemetry(seq));
    const seen: number[] = [];
    for await (const { seq } of store.walkTelemetry(RUN)) {
      seen.push(seq);
      await store.addTelemetry(sampleTelemetry(seq + 100));
    }
    same(seen, [0, 1, 2, 3, 4, 5]);
  },

  'the run saved longest ago goes with all that is of it, others stay to the bit': async (store) => {
    for (const run of [RUN, OTHER_RUN]) {
      await store.putRun(sampleRun(run, run === RUN ? 1000 : 2000), SAMPLE_BOARD);
      await store.putAlerts([sampleAlert(`alert of ${run}`, 10, run)]);
      await store.addDecisions([{ ...sampleDecision(`decision of ${run}`, 1), runId: run }]);
      await store.putInjections(run, [sampleInjection('i1', 10), sampleInjection('i2', 20)]);
    }
    same(await store.tidy({ ...LIMITS, runs: 2 }), { runs: 0, alerts: 0, injections: 0 });
    same((await store.runs()).length, 2);
    same(await store.tidy(LIMITS), { runs: 1, alerts: 1, injections: 2 });
    same(await store.runs(), [sampleRun(OTHER_RUN, 2000)]);
    same(await store.board(RUN), undefined);
    same(await store.board(OTHER_RUN), SAMPLE_BOARD);
    same(await store.alerts({ limit: 9 }), [sampleAlert(`alert of ${OTHER_RUN}`, 10, OTHER_RUN)]);
    same([(await store.decisions(RUN)).length, (await store.decisions(OTHER_RUN)).length], [0, 1]);
    same([(await store.injections(RUN)).length, (await store.injections(OTHER_RUN)).length], [0, 2]);
  },

  'a run that is open stays, however long ago it was saved': async (store) => {
    await store.putRun(sampleRun());
    await store.putRun(sampleRun(OTHER_RUN, 2000));
    same((await store.tidy({ ...LIMITS, open: [RUN] })).runs, 1);
    same(canonical(await store.runs()), canonical([sampleRun()]));
    same((await store.tidy({ ...LIMITS, open: [RUN] })).runs, 0);
  },

  'alerts beyond the limit go, of the run saved longest ago first, there the oldest first': async (store) => {
    await store.putRun(sampleRun());
    await store.putRun(sampleRun(OTHER_RUN, 2000));
    // The other run's data is of years ago: what counts is when a run was saved.
    await store.putAlerts(Array.from({ length: 60 }, (_, i) => sampleAlert(`late ${i}`, 1000 + i)));
    await store.putAlerts(Array.from({ length: 45 }, (_, i) => sampleAlert(`early ${i}`, i, OTHER_RUN)));
    // Five too many, and the slack of five.
    same(await store.tidy({ ...LIMITS, runs: 9 }), { runs: 0, alerts: 10, injections: 0 });
    const left = await store.alerts({ limit: 200 });
    same(left.length, 95);
    same(
      left.filter(({ runId }) => runId === RUN).map(({ id }) => id),
      Array.from({ length: 50 }, (_, i) => `late ${59 - i}`),
    );
    same(await store.tidy({ ...LIMITS, runs: 9 }), { runs: 0, alerts: 0, injections: 0 });
    // More than one transaction deletes, and more than one run.
    same((await store.tidy({ ...LIMITS, runs: 9, alerts: 20 })).alerts, 76);
    same((await store.alerts({ limit: 200 })).length, 19);
  },
};

async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}
