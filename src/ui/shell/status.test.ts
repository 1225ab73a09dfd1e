import { describe, expect, it } from 'vitest';
import type { AppState } from '../../app/types';
import type { EngineState, Frame } from '../../domain/frame';
import { describeStatus, listBanners } from './status';

const WORKERS = { engine: 'ok', sim: 'ok', metric: 'ok', log: 'ok' } as const;

function stateWith(engine: EngineState, more: Partial<AppState> = {}) {
  return {
    boot: { kind: 'ready' } as const,
    workers: WORKERS,
    frame: { state: engine } as Frame,
    file: undefined,
    run: undefined,
    updateReady: false,
    ...more,
  };
}

describe('describeStatus', () => {
  it('names every state of the engine in words of its own', () => {
    const states: readonly EngineState[] = [
      { kind: 'starting' },
      { kind: 'warming-up', have: 120, need: 256 },
      { kind: 'training', progress: 0.4 },
      { kind: 'running' },
      { kind: 'paused' },
      { kind: 'finished' },
      { kind: 'degraded', why: 'no log model' },
    ];
    const words = states.map((state) => describeStatus(stateWith(state)).words);
    expect(words).toEqual([
      'Starting',
      'Warming up, 120 of 256',
      'Training, 40 %',
      'Running',
      'Paused',
      'Finished',
      'Degraded',
    ]);
  });

  it('puts a dead worker before what the engine last said', () => {
    const state = stateWith({ kind: 'running' }, { workers: { ...WORKERS, log: 'restarting' } });
    expect(describeStatus(state).words).toBe('Restarting a worker');
    expect(describeStatus({ ...state, workers: { ...WORKERS, log: 'down' } }).words).toBe('Degraded');
  });

  it('tells how far a file is', () => {
    const file = { name: 'a.csv', phase: 'scoring', progress: 0.25 } as const;
    expect(describeStatus(stateWith({ kind: 'running' }, { file })).words).toBe('Scoring the file, 25 %');
  });
});

describe('listBanners', () => {
  it('is silent when all is well', () => {
    expect(listBanners(stateWith({ kind: 'running' }))).toEqual([]);
  });

  it('tells why it is degraded, that nothing is stored, and that there is an update', () => {
    const run = { durable: false } as AppState['run'];
    const banners = listBanners(
      stateWith({ kind: 'degraded', why: 'the log model is missing' }, { run, updateReady: true }),
    );
    expect(banners.map((banner) => [banner.id, banner.action])).toEqual([
      ['degraded', undefined],
      ['memory', 'backup'],
      ['update', 'update'],
    ]);
    expect(banners[0].text).toContain('the log model is missing');
  });

  it('says which worker is gone', () => {
    const [banner] = listBanners(stateWith({ kind: 'running' }, { workers: { ...WORKERS, metric: 'down' } }));
    expect(banner.text).toContain('metric worker');
    expect(banner.action).toBe('reload');
  });
});
