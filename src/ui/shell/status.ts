import type { AppState } from '../../app/types';
import type { BadgeTone } from '../components/badges';
import type { ShapeKind } from '../components/Shape';
import { formatNumber, formatPercent } from '../format';

export interface RunStatus {
  readonly words: string;
  readonly tone: BadgeTone;
  readonly shape: ShapeKind;
}

type StatusSource = Pick<AppState, 'boot' | 'workers' | 'frame' | 'file'>;

/** Where the run is, in words. A dead or restarting worker outranks what the engine last said. */
export function describeStatus({ boot, workers, frame, file }: StatusSource): RunStatus {
  if (boot.kind === 'waiting') return { words: 'Waiting', tone: 'quiet', shape: 'ring' };
  if (boot.kind === 'failed') return { words: 'Failed', tone: 'danger', shape: 'cross' };
  const states = Object.values(workers);
  if (states.includes('down')) return { words: 'Degraded', tone: 'danger', shape: 'diamond' };
  if (states.includes('restarting')) return { words: 'Restarting a worker', tone: 'warning', shape: 'triangle' };
  if (file !== undefined) {
    if (file.phase === 'cancelling') return { words: 'Cancelling', tone: 'accent', shape: 'ring' };
    const phase = { reading: 'Reading', training: 'Training on', scoring: 'Scoring' }[file.phase];
    return { words: `${phase} the file, ${formatPercent(file.progress, 0)}`, tone: 'accent', shape: 'ring' };
  }
  if (boot.kind === 'starting' || frame === undefined) return { words: 'Starting', tone: 'quiet', shape: 'ring' };
  const { state } = frame;
  switch (state.kind) {
    case 'starting':
      return { words: 'Starting', tone: 'quiet', shape: 'ring' };
    case 'warming-up':
      return {
        words: `Warming up, ${formatNumber(state.have)} of ${formatNumber(state.need)}`,
        tone: 'accent',
        shape: 'ring',
      };
    case 'training':
      return { words: `Training, ${formatPercent(state.progress, 0)}`, tone: 'accent', shape: 'ring' };
    case 'running':
      return { words: 'Running', tone: 'ok', shape: 'circle' };
    case 'paused':
      return { words: 'Paused', tone: 'quiet', shape: 'square' };
    case 'finished':
      return { words: 'Finished', tone: 'quiet', shape: 'check' };
    case 'degraded':
      return { words: 'Degraded', tone: 'warning', shape: 'triangle' };
  }
}

export interface Banner {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'danger';
  readonly text: string;
  readonly action: 'reload' | 'update' | 'backup' | undefined;
}

/** What lasts and must be known on every page, worst first. */
export function listBanners(
  state: Pick<AppState, 'boot' | 'workers' | 'frame' | 'run' | 'updateReady'>,
): readonly Banner[] {
  const banners: Banner[] = [];
  if (state.boot.kind === 'waiting') {
    banners.push({
      id: 'waiting',
      tone: 'info',
      text: 'The dashboard is open in another tab, which runs the detection. Close that one, and this one starts by itself.',
      action: undefined,
    });
  }
  if (state.boot.kind === 'failed') {
    banners.push({
      id: 'boot',
      tone: 'danger',
      text: `The engine did not start: ${state.boot.message}`,
      action: 'reload',
    });
  }
  for (const [name, health] of Object.entries(state.workers)) {
    if (health === 'down') {
      banners.push({
        id: `down-${name}`,
        tone: 'danger',
        text: `The ${name} worker stopped and could not be started again. What is stored stays stored.`,
        action: 'reload',
      });
    }
    if (health === 'restarting') {
      banners.push({
        id: `restarting-${name}`,
        tone: 'warning',
        text: `The ${name} worker is being restarted.`,
        action: undefined,
      });
    }
  }
  if (state.frame?.state.kind === 'degraded') {
    banners.push({ id: 'degraded', tone: 'warning', text: state.frame.state.why, action: undefined });
  }
  if (state.run !== undefined && !state.run.durable) {
    banners.push({
      id: 'memory',
      tone: 'warning',
      text: 'This browser gives the page no storage: everything is in memory and gone when the tab closes.',
      action: 'backup',
    });
  }
  if (state.updateReady) {
    banners.push({ id: 'update', tone: 'info', text: 'A new version is ready.', action: 'update' });
  }
  return banners;
}
