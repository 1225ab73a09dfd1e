import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import type { DetectError } from '../contract';
import type { LogBackend } from './autoencoder';
import {
  judgeVectors,
  listDifferences,
  rarityOfSession,
  type SessionDifference,
  type SessionJudgement,
  type SessionModel,
} from './session-model';
import { loadSessionModel, saveSessionModel } from './session-model-file';
import { type CountVector, countTemplates, type Session, vectorKey } from './session-vectors';
import { type SessionTraining, trainSessionModel } from './train-session-model';

/**
 * Finds sessions whose lines do not go together as those of normal sessions do: a line that is missing, one too many, or one that no normal session
 * has. Count vectors are compared with the nearest normal one and with what an autoencoder makes of them. Templates are
 * named by the ids of one miner, those of merged templates replaced by the one that took them in.
 */
export interface SessionDetector {
  /** Learns from complete normal sessions, oldest first, and replaces the model; the old one stays on error. */
  train(
    sessions: readonly Session[],
    training: SessionTraining,
  ): Promise<Result<{ readonly sessions: number }, DetectError>>;
  /** One judgement a session, in order. Errors: too-few-rows before the first training. */
  score(sessions: readonly Session[]): Result<readonly SessionJudgement[], DetectError>;
  /** What makes the session unlike the nearest normal one, largest share first. Empty when it equals it, or before the first training. */
  explain(session: Session): readonly SessionDifference[];
  /** The model as a value. Errors: too-few-rows before the first training. */
  save(): Result<PlainData, DetectError>;
  /** Replaces the model. Errors: bad-model naming what is wrong; the old model stays. */
  load(saved: unknown): Result<{ readonly sessions: number }, DetectError>;
  /** Frees tensors. */
  dispose(): void;
}

/** A detector without a model. */
export function createSessionDetector(backend: LogBackend): SessionDetector {
  let model: SessionModel | undefined;
  return {
    async train(sessions, training) {
      const trained = await trainSessionModel(sessions.map(countTemplates), backend, training);
      if (!trained.ok) return trained;
      model?.network.dispose();
      model = trained.value;
      return ok({ sessions: sessions.length });
    },
    score(sessions) {
      if (model === undefined) return err('too-few-rows', 'there is no trained session model yet');
      return ok(scoreSessions(model, sessions));
    },
    explain: (session) => (model === undefined ? [] : explainSession(model, session)),
    save: () =>
      model === undefined ? err('too-few-rows', 'there is no trained session model yet') : ok(saveSessionModel(model)),
    load(saved) {
      const loaded = loadSessionModel(saved, backend);
      if (!loaded.ok) return loaded;
      model?.network.dispose();
      model = loaded.value;
      return ok({ sessions: model.sessions });
    },
    dispose() {
      model?.network.dispose();
      model = undefined;
    },
  };
}

/** Equal sessions are judged once: most sessions of a system are alike. */
function scoreSessions(model: SessionModel, sessions: readonly Session[]): SessionJudgement[] {
  const distinct: CountVector[] = [];
  const entries = new Map<string, number>();
  const entryOf = sessions.map((session) => {
    const vector = countTemplates(session);
    const key = vectorKey(vector);
    const known = entries.get(key);
    if (known !== undefined) return known;
    entries.set(key, distinct.length);
    return distinct.push(vector) - 1;
  });
  const judged = judgeVectors(model, distinct).map((judgement) => ({
    ...judgement,
    rarity: rarityOfSession(model, model.evidence, judgement.evidence),
  }));
  return entryOf.map((entry) => judged[entry]);
}

function explainSession(model: SessionModel, session: Session): SessionDifference[] {
  const vector = countTemplates(session);
  const [{ nearest }] = judgeVectors(model, [vector]);
  return listDifferences(model.space, vector, model.normal[nearest] ?? { templates: [], counts: [] });
}
