import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { loadCalibration, saveCalibration } from '../calibration';
import { readNumber, readObject } from '../read-saved';
import type { LogBackend } from './autoencoder';
import { loadSessionModel, saveSessionModel } from './session-model-file';
import { largestCounts, type SessionWatch } from './session-watch';

const MAX_FORM_CHARS = 200;
const MAX_IDLE_MS = 86_400_000;

/** What is watched as plain values: no session's name is in it, and none that was open is remembered. */
export function saveWatch(watch: SessionWatch): PlainData {
  return {
    form: watch.form,
    idleMs: watch.idleMs,
    model: saveSessionModel(watch.model),
    surplus: saveCalibration(watch.surplus),
  };
}

/** Reads what `saveWatch` gave, trusting nothing; a network is made last. Errors: bad-model naming the field. */
export function loadWatch(saved: unknown, path: string, backend: LogBackend): Result<SessionWatch, 'bad-model'> {
  const object = readObject(saved, path, ['form', 'idleMs', 'model', 'surplus']);
  if (!object.ok) return object;
  const { form } = object.value;
  if (typeof form !== 'string' || form.length === 0 || form.length > MAX_FORM_CHARS) {
    return err('bad-model', `${path}.form must be a text of 1 to ${MAX_FORM_CHARS} characters`);
  }
  const idleMs = readNumber(object.value.idleMs, `${path}.idleMs`, 1, MAX_IDLE_MS);
  if (!idleMs.ok) return idleMs;
  const surplus = loadCalibration(object.value.surplus, `${path}.surplus`);
  if (!surplus.ok) return surplus;
  const model = loadSessionModel(object.value.model, backend);
  if (!model.ok) return model;
  return ok({
    form,
    idleMs: idleMs.value,
    model: model.value,
    surplus: surplus.value,
    most: largestCounts(model.value.normal),
  });
}
