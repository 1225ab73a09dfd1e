import type { Catalog } from '../../domain/catalog';
import type { PipelineConfig } from '../contract';
import { alarmShare } from '../threshold';
import { type AlarmRate, createAlarmRate } from './alarm-rate';
import type { Blame } from './blame';
import { createCalm, type DeviceCalm, reserveCalm } from './device-calm';
import { featureNames } from './features';
import { createEpisodeBook, type EpisodeBook, reserveEpisodes } from './known-episodes';
import type { Pace } from './pace';
import { groupPeers, type PeerGroups } from './peers';
import { createRecentScores, type RecentScores } from './recent-scores';
import { createRowStore, type RowStore } from './row-store';
import { createSlowShift, findsShifts, reserveSlowShift, type SlowShift } from './slow-shift';
import { createSmoothed, reserveSmoothed, type SmoothedScores } from './smoothing';
import { createStillness, reserveStillness, type Stillness } from './stillness';
import { Tracks } from './tracks';
import type { ValueMemory } from './value-memory';

/** All that a pipeline knows from the rows that it has seen, but for the model. Begins anew with other metrics or a loaded model. */
export interface PipelineState {
  readonly pace: Pace;
  /** Features a row. */
  readonly f: number;
  readonly tracks: Tracks;
  /** Devices of one role, by the present catalog. */
  peers: PeerGroups;
  /** Rows kept for training. */
  rows: RowStore;
  readonly calm: DeviceCalm;
  readonly smoothed: SmoothedScores;
  readonly memory: ValueMemory;
  readonly blame: Blame;
  /** Slow data only. */
  readonly recent: RecentScores;
  /** Slow data of which the history was normal: whether the budget holds. */
  readonly alarms: AlarmRate | undefined;
  /** Live data: what stands still. */
  readonly still: Stillness;
  /** What shifts slowly, where that is looked for. */
  readonly shift: SlowShift | undefined;
  /** Live data of which the history was normal: what the fleet does now and then, and passes. */
  readonly episodes: EpisodeBook | undefined;
  /** Rows kept since the last training. */
  rowsSinceTraining: number;
}

/** The state before the first row. `tracks`: scalers to begin with (default: none). members: how many detectors are joined. */
export function createState(
  catalog: Catalog,
  config: PipelineConfig,
  made: { readonly pace: Pace; readonly members: number; readonly tracks?: Tracks },
): PipelineState {
  const { pace, members } = made;
  const f = featureNames(catalog.metrics, pace).length;
  const shifts = findsShifts(pace, catalog.metrics.length, config.history);
  const state: PipelineState = {
    pace,
    f,
    tracks: made.tracks ?? new Tracks(catalog.metrics.length, pace),
    peers: groupPeers(catalog),
    rows: createRowStore(config.keepRows, f, config.seed),
    calm: createCalm(),
    smoothed: createSmoothed(members),
    memory: new Map(),
    still: createStillness(catalog.metrics),
    shift: shifts ? createSlowShift(catalog.metrics.length) : undefined,
    episodes:
      pace === 'live' && config.history !== 'mixed'
        ? createEpisodeBook(f + (shifts ? catalog.metrics.length : 0), config.samplesPerDay)
        : undefined,
    blame: { part: new Float64Array(0) },
    recent: createRecentScores(config.samplesPerDay),
    alarms: pace === 'slow' && config.history !== 'mixed' ? createAlarmRate(alarmShare(config)) : undefined,
    rowsSinceTraining: 0,
  };
  reserveDevices(state, catalog.devices.length);
  return state;
}

/** Room for so many devices; existing ones stay. */
export function reserveDevices(state: PipelineState, devices: number): void {
  state.tracks.reserve(devices + 1);
  const room = state.tracks.slots;
  reserveCalm(state.calm, room);
  if (state.pace === 'live') reserveStillness(state.still, room);
  if (state.shift) reserveSlowShift(state.shift, room);
  if (state.episodes) reserveEpisodes(state.episodes, devices, room);
  reserveSmoothed(state.smoothed, room);
}
