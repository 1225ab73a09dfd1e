import type { TemplateEvent, TemplateInfo } from '../../../domain/verdicts';

export interface TemplateText {
  readonly text: string;
  /** A place where the lines differ. */
  readonly isParameter: boolean;
}

const PARAMETER = '<*>';

/** Cuts a template's text into its constant words and its parameters, `<*>`. Put together they give the text back. */
export function splitTemplate(text: string): TemplateText[] {
  return text
    .split(/(<\*>)/)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isParameter: part === PARAMETER }));
}

/** Whether a template has words of its own: one of parameters and signs alone says nothing to a person. */
export function hasWords(text: string): boolean {
  return splitTemplate(text).some((part) => !part.isParameter && /\p{L}{2}/u.test(part.text));
}

/** The other templates of one's group, which differ from it in a few listed words only; most frequent first. */
export function siblingsOf(template: TemplateInfo, all: readonly TemplateInfo[]): TemplateInfo[] {
  if (template.group === undefined) return [];
  return all
    .filter((other) => other.group === template.group && other.id !== template.id && other.mergedInto === undefined)
    .sort((a, b) => b.count - a.count || a.id - b.id);
}

/** A template's part of all lines, 0..1; 0 when there is none. Merged templates are counted where they went. */
export function shareOfLines(template: TemplateInfo, all: readonly TemplateInfo[]): number {
  const lines = all.reduce((sum, other) => sum + (other.mergedInto === undefined ? other.count : 0), 0);
  return lines > 0 ? template.count / lines : 0;
}

/** A split or merge as one of the two templates lives it. */
export interface TemplateTurn {
  readonly t: number;
  readonly words: string;
  /** The other template's text. */
  readonly text: string;
}

/** What became of a template, in the order of the events. */
export function turnsOf(template: TemplateInfo, events: readonly TemplateEvent[]): TemplateTurn[] {
  return events
    .filter((event) => event.template === template.id || event.other === template.id)
    .map((event) => {
      const isOwn = event.template === template.id;
      const words =
        event.kind === 'split'
          ? isOwn
            ? 'a new word made it a template of its own, beside'
            : 'a new word in its lines founded'
          : isOwn
            ? 'merged into'
            : 'took in';
      return { t: event.t, words, text: isOwn ? event.otherText : event.text };
    });
}

/** Words to look for stored lines by: the longest run of words that are constant; the whole text where nothing is. */
export function searchTextOf(text: string): string {
  const constant = splitTemplate(text)
    .filter((part) => !part.isParameter)
    .map((part) => part.text.trim())
    .sort((a, b) => b.length - a.length);
  return constant[0] || text;
}
