import { expect, it } from 'vitest';
import { titleOf } from './title-of';

it('calls an unreadable scenario by its name where there is one', () => {
  expect(titleOf('{"name":" Mine ","seed":-1}')).toBe('"Mine"');
  expect(titleOf(JSON.stringify({ name: 'x'.repeat(200) }))).toBe(`"${'x'.repeat(80)}"`);
  for (const text of ['', '{', 'null', '[]', '7', '{"name":7}', '{"name":"  "}', '{}'])
    expect(titleOf(text), text).toBe('A stored scenario');
});
