import type { TemplateEvent } from '../../domain/verdicts';
import { type Template, templateText } from './template';

/** Events that are kept; older ones are forgotten. */
export const MAX_EVENTS = 200;

/** The latest splits and merges of templates, bounded. */
export interface TemplateEvents {
  /** `template` came into being beside `other`, of the same group. */
  addSplit(t: number, template: Template, other: Template): void;
  /** `other` took `template` in. */
  addMerge(t: number, template: Template, other: Template): void;
  /** Newest first, at most MAX_EVENTS. */
  list(): readonly TemplateEvent[];
}

/** Starts without events. */
export function createTemplateEvents(): TemplateEvents {
  const events: TemplateEvent[] = [];
  const add = (kind: TemplateEvent['kind'], t: number, template: Template, other: Template): void => {
    if (events.length === MAX_EVENTS) events.shift();
    const text = templateText(template.tokens);
    events.push({ t, kind, template: template.id, text, other: other.id, otherText: templateText(other.tokens) });
  };
  return {
    addSplit: (t, template, other) => add('split', t, template, other),
    addMerge: (t, template, other) => add('merged', t, template, other),
    list: () => [...events].reverse(),
  };
}
