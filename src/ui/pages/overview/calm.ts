import { DEVICE_STATES, type EngineState, type Frame } from '../../../domain/frame';
import { formatNumber, formatPercent } from '../../format';

export interface CalmSentence {
  readonly tone: 'calm' | 'alarm' | 'busy';
  readonly text: string;
}

const ALERT = DEVICE_STATES.indexOf('alert');
const WARNING = DEVICE_STATES.indexOf('warning');

function count(frame: Frame, state: number): number {
  let n = 0;
  for (const one of frame.fleet.state) if (one === state) n++;
  return n;
}

function devices(n: number): string {
  return `${formatNumber(n)} ${n === 1 ? 'device' : 'devices'}`;
}

function describeBusy(state: EngineState): string | undefined {
  switch (state.kind) {
    case 'starting':
      return 'The fleet is starting.';
    case 'warming-up':
      return `Warming up: ${formatNumber(state.have)} of ${formatNumber(state.need)} samples seen. Scores follow.`;
    case 'training':
      return `Training the models, ${formatPercent(state.progress, 0)}. Scores follow.`;
    default:
      return undefined;
  }
}

/** How it stands, in one sentence; of a paused run with that it stands still. */
export function describeCalm(frame: Frame | undefined): CalmSentence {
  const sentence = describeMoment(frame);
  return frame?.state.kind === 'paused' ? { ...sentence, text: `Paused. ${sentence.text}` } : sentence;
}

function describeMoment(frame: Frame | undefined): CalmSentence {
  if (frame === undefined) return { tone: 'busy', text: 'The fleet is starting.' };
  const busy = describeBusy(frame.state);
  if (busy !== undefined) return { tone: 'busy', text: busy };
  if (frame.state.kind === 'finished') {
    const { samples, logLines, flagged, alerts } = frame.kpis;
    const scored = samples > 0 ? `${formatNumber(samples)} samples` : `${formatNumber(logLines)} log lines`;
    const text = `Scored to the end: ${scored}, ${formatNumber(flagged)} flagged, ${formatNumber(alerts)} ${alerts === 1 ? 'alert' : 'alerts'}.`;
    return { tone: alerts > 0 ? 'alarm' : 'calm', text };
  }
  const alarmed = count(frame, ALERT);
  const blocked = frame.quarantined.length;
  const total = frame.fleet.state.length;
  const aside = blocked === 0 ? '' : ` ${devices(blocked)} in quarantine.`;
  if (alarmed > 0) return { tone: 'alarm', text: `${devices(alarmed)} of ${formatNumber(total)} in alarm.${aside}` };
  const watched = count(frame, WARNING);
  if (watched > 0) {
    return { tone: 'calm', text: `No alarm. ${devices(watched)} of ${formatNumber(total)} slightly unusual.${aside}` };
  }
  return { tone: 'calm', text: `All calm on ${devices(total - blocked)}.${aside}` };
}
