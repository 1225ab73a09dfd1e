import type { SessionFinding } from './session-member';

/** Templates that a note names. */
const MAX_NAMED = 3;
const MAX_NAME_CHARS = 60;

/** What was found in a session, in words. textOf: a template's text. */
export function noteSession(finding: SessionFinding, textOf: (template: number) => string): string[] {
  const name = finding.id.slice(0, MAX_NAME_CHARS);
  return finding.differences.slice(0, MAX_NAMED).map(({ template, actual, typical }) => {
    const what = `"${textOf(template)}"`;
    if (finding.kind === 'exceeded') {
      const usual = typical === 0 ? 'have none' : `have at most ${typical}`;
      return `session ${name}: ${actual} x ${what} by now, normal sessions ${usual}`;
    }
    if (actual === 0) return `session ${name} ended after ${finding.lines} lines without ${what}`;
    return `session ${name} ended with ${actual} x ${what}, the nearest normal session has ${typical}`;
  });
}
