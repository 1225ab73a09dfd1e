import { err, ok, type Result } from '../../domain/result';
import type { LogBatch } from '../../domain/telemetry';
import type { DetectorState, LogVerdicts } from '../../domain/verdicts';
import { calibrationConfidence } from '../confidence';
import type { DetectError, LogPipeline, PipelineConfig } from '../contract';
import { isSuspect } from '../suspicion';
import { logThreshold } from '../threshold';
import type { LogBackend } from './autoencoder';
import { judgeLines } from './line-judge';
import { type ActiveModel, createLineReader, finiteTime, levelOf, type ReadLines } from './line-reader';
import { createLineScorer } from './line-scorer';
import { createLineStore, type LineStore } from './line-store';
import type { LogModel } from './log-model';
import { loadLogModel, saveLogModel } from './log-model-file';
import { isLasting } from './news';
import { createSessionMember, type SessionFindings } from './session-member';
import type { SessionWatch } from './session-watch';
import { describeTemplate, templateText } from './template';
import { createTemplateMiner, DEFAULT_MINER } from './template-miner';
import { MIN_TRAIN_LINES, trainLogModel } from './train-log-model';

/** So many recurrences besides, and a flagged line was not alone. */
const COMPANY = 1.5;

/**
 * The log pipeline: mask -> template -> encode -> autoencoder, joined with what it cannot see (templates new since training, rare levels,
 * bursts), calibrated. Before the first training lines are kept and scores are NaN. Memory is bounded whatever the lines hold.
 * A line that takes part in nothing (empty) has template 0.
 */
export function createLogPipeline(initial: PipelineConfig, backend: LogBackend): LogPipeline {
  let config = initial;
  let miner = createTemplateMiner();
  let store = createStore(config);
  const reader = createLineReader();
  const sessions = createSessionMember();
  let active: ActiveModel | undefined;
  let mergesKnown = 0;
  let sessionsStale = false;
  /** Whether the model was trained on the very lines that are judged. */
  let ofOwnLines = false;
  let trainedAtTotal = 0;
  let progress: number | undefined;
  /** Goes up when a model is loaded or the pipeline disposed: a training that began before must not replace what came after. */
  let generation = 0;

  function state(): DetectorState {
    if (progress !== undefined) return { kind: 'training', progress };
    if (active !== undefined) return { kind: 'ready' };
    return { kind: 'warming-up', have: Math.min(store.size, MIN_TRAIN_LINES), need: MIN_TRAIN_LINES };
  }

  /** Keeps what is neither flagged nor of a suspect device. */
  function learnLines(batch: LogBatch, lines: ReadLines, rarity: Float32Array, suspect: Uint8Array): void {
    const threshold = logThreshold(config);
    let now = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < batch.n; i++) {
      const t = finiteTime(batch.t[i]);
      const device = batch.device[i];
      now = Math.max(now, t);
      const news = lines.news.get(i);
      if (news !== undefined && isLive()) {
        const { id } = lines.template[i];
        const isFlagged = rarity[i] >= threshold;
        if (isFlagged) {
          reader.book.convict(id);
          if (isLasting(news, levelOf(batch, i))) reader.book.tell(device, id, t);
        }
        // One line that was flagged alone may have been harmless: it counts, or the next such one would be flagged too.
        if (isSuspect(suspect, device) || (isFlagged && lines.recurrences[i] >= COMPANY)) reader.book.setAside(id);
        // What creeps must not be learned while it still grows.
        if (!isFlagged && news.onTrial) continue;
      }
      if (isSuspect(suspect, device) || rarity[i] >= threshold) {
        store.markTrouble(device, t);
        continue;
      }
      store.add({
        t,
        device,
        template: lines.template[i].id,
        level: levelOf(batch, i),
        shape: lines.shape[i],
        burst: lines.burst[i],
        novel: lines.novel[i] === 1,
      });
    }
    store.settle(now);
  }

  /** A merge of templates that sessions were learned with leaves the model without meaning: it is given up until the next training. */
  function findSessions(batch: LogBatch, suspect: Uint8Array): SessionFindings {
    const trained = active?.model.templates;
    if (miner.merges !== mergesKnown) {
      mergesKnown = miner.merges;
      const names = sessions.watch?.model.space.weights.keys() ?? [];
      if ([...names].some((id) => (miner.get(id)?.id ?? id) !== id)) {
        sessions.use(undefined);
        sessionsStale = true;
      }
    }
    return sessions.judge(batch.device, (id) => trained?.has(id) === true, logThreshold(config), suspect);
  }

  const isLive = (): boolean => config.history !== 'mixed';
  const textOf = (id: number): string => templateText(miner.get(id)?.tokens ?? []);

  function isRetrainDue(): boolean {
    if (sessionsStale && store.total - trainedAtTotal >= MIN_TRAIN_LINES) return true;
    if (active === undefined) return store.size >= MIN_TRAIN_LINES;
    return store.total - trainedAtTotal >= config.retrainEvery;
  }

  async function trainSessions(
    model: LogModel,
    began: number,
    cancelled: () => boolean,
  ): Promise<Result<SessionWatch | undefined, DetectError>> {
    const nameOf = (id: number): number | undefined => {
      const name = miner.get(id)?.id;
      return name !== undefined && model.templates.has(name) ? name : undefined;
    };
    const trained = await sessions.train(nameOf, backend, {
      seed: config.seed,
      onProgress: () => undefined,
      cancelled: () => generation !== began || cancelled(),
    });
    if (trained.ok && generation !== began) {
      trained.value?.model.network.dispose();
      return err('cancelled', 'another model was loaded during the training');
    }
    return trained;
  }

  function replaceModel(model: LogModel | undefined): void {
    active?.model.network.dispose();
    active = model === undefined ? undefined : { model, scorer: createLineScorer(model.network) };
    trainedAtTotal = store.total;
  }

  return {
    score(batch, seq, suspect): LogVerdicts {
      const { n } = batch;
      const raw = new Float32Array(n).fill(Number.NaN);
      const rarity = new Float32Array(n).fill(Number.NaN);
      const lines = reader.read(batch, miner, active, (line, text, from, to, template) => {
        sessions.see(line, text, from, to, template.id, finiteTime(batch.t[line]), batch.device[line]);
      });
      const context = {
        sessions: findSessions(batch, suspect),
        textOf,
        isLive: isLive(),
        flagsAt: logThreshold(config),
        ofOwnLines,
      };
      const explanations = active === undefined ? [] : judgeLines(active, batch, lines, context, raw, rarity);
      learnLines(batch, lines, rarity, suspect);
      return {
        seq,
        n,
        raw,
        rarity,
        template: Uint32Array.from(lines.template, (template) => template.id),
        ...(active === undefined ? {} : { confidence: calibrationConfidence(active.model.evidence.n) }),
        explanations,
        templates: miner.takeChanged().map(describeTemplate),
        state: state(),
        retrainDue: progress === undefined && isRetrainDue(),
      };
    },

    async train(onProgress, cancelled, effort = 'full') {
      if (progress !== undefined) return err('backend', `a training is already at ${Math.round(progress * 100)} %`);
      if (active === undefined) store.settleAll();
      const began = ++generation;
      progress = 0;
      try {
        const trained = await trainLogModel({
          lines: store.kept(),
          miner,
          previous: active?.model,
          history: config.history ?? 'normal',
          backend,
          seed: config.seed,
          effort,
          rarityThreshold: logThreshold(config),
          onProgress: (share) => {
            progress = share;
            onProgress(share);
          },
          cancelled: () => generation !== began || cancelled(),
        });
        if (!trained.ok) return trained;
        if (generation !== began) {
          trained.value.network.dispose();
          return err('cancelled', 'another model was loaded during the training');
        }
        const watch = await trainSessions(trained.value, began, cancelled);
        if (!watch.ok) {
          trained.value.network.dispose();
          return watch;
        }
        if (watch.value !== undefined) sessions.use(watch.value);
        sessionsStale = false;
        const model = describeSessions(trained.value, watch.value ?? sessions.watch);
        // A file goes through once more to be scored: what is learned by hand after that is learned from then on.
        if (active === undefined && config.history === 'mixed') {
          store.clear();
          miner.recount();
          ofOwnLines = true;
        }
        replaceModel(model);
        return ok(model.summary);
      } finally {
        progress = undefined;
      }
    },

    configure(next) {
      if (next.keepRows !== config.keepRows) {
        store = createStore(next);
        trainedAtTotal = 0;
      }
      config = next;
    },

    state,

    templates: () => miner.list().map(describeTemplate),

    templateEvents: () => miner.events.list(),

    async save() {
      if (active === undefined) return err('too-few-rows', 'there is no trained log model yet');
      return ok(
        saveLogModel(active.model, {
          templates: miner.save(),
          sessions: sessions.watch,
          bursts: reader.bursts.save(),
          news: reader.book.save(),
        }),
      );
    },

    async load(saved) {
      const loaded = loadLogModel(saved, backend);
      if (!loaded.ok) return loaded;
      generation++;
      miner = createTemplateMiner(DEFAULT_MINER, loaded.value.templates);
      mergesKnown = miner.merges;
      sessionsStale = false;
      ofOwnLines = false;
      // Kept lines name templates of the miner before.
      store.clear();
      reader.bursts.restore(loaded.value.bursts);
      reader.book.restore(loaded.value.news);
      sessions.use(loaded.value.sessions);
      sessions.clear();
      replaceModel(loaded.value.model);
      return ok(loaded.value.model.summary);
    },

    dispose() {
      generation++;
      replaceModel(undefined);
      sessions.use(undefined);
    },
  };
}

/** Of a file that holds what it is looked over for lines from all of it are learned; of a stream, the newest. */
function createStore({ keepRows, history, seed }: PipelineConfig): LineStore {
  return createLineStore(Math.max(MIN_TRAIN_LINES, keepRows), history === 'mixed' ? seed : undefined);
}

/** The model with what was learned of sessions in its summary. */
function describeSessions(model: LogModel, watch: SessionWatch | undefined): LogModel {
  if (watch === undefined) return model;
  const params = { ...model.summary.params, sessions: watch.model.sessions, 'session name': watch.form.slice(0, 60) };
  return { ...model, summary: { ...model.summary, params } };
}
