import { eventParams, type NormalEvent } from './contract';

/** New settings are pushed: workers are replaced by new ones within seconds. The simplest event: the one to copy. */
export const configReload: NormalEvent = {
  spec: {
    id: 'config-reload',
    label: 'Configuration reload',
    description: 'New settings are pushed to servers, whose workers are replaced.',
    signature: 'CPU up to ten points higher for ten seconds, memory a little. Log lines of the reload.',
    params: eventParams(12),
  },
  turnS: undefined,
  apply(effect, { elapsedS, intensity }) {
    if (elapsedS >= 10) return;
    effect.cpu = 10 * intensity;
    effect.memory = 1.5 * intensity;
  },
  lines: [
    { level: 'info', text: 'config: new generation {count} received, {small} keys changed', when: { atS: 0 } },
    { level: 'info', text: 'signal SIGHUP received, reloading; {small} workers replaced', when: { atS: 1 } },
    { level: 'info', text: 'config: generation {count} active', when: { atS: 4 } },
  ],
};
