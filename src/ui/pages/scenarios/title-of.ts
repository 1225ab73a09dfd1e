const MAX_SHOWN = 80;

/** What to call a scenario file that cannot be read as a scenario: its name in quotes where it has one, else "A stored scenario". */
export function titleOf(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    const name = typeof parsed === 'object' && parsed !== null && 'name' in parsed ? parsed.name : undefined;
    if (typeof name === 'string' && name.trim() !== '') return `"${name.trim().slice(0, MAX_SHOWN)}"`;
  } catch {
    // Not even JSON: then it has no name, and what is wrong is told beside.
  }
  return 'A stored scenario';
}
