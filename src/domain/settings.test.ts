import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings } from './settings';

it('takes settings of an earlier version, in which members were always on', () => {
  const { members: _, ...earlier } = DEFAULT_SETTINGS;
  expect(parseSettings(earlier)).toEqual({ ok: true, value: DEFAULT_SETTINGS });
});

it('switches single members off, and drops members that it does not know', () => {
  const parsed = parseSettings({
    ...DEFAULT_SETTINGS,
    members: { mahalanobis: false, stillness: false, oracle: true },
  });
  expect(parsed).toEqual({
    ok: true,
    value: { ...DEFAULT_SETTINGS, members: { ...DEFAULT_SETTINGS.members, mahalanobis: false, stillness: false } },
  });
});

it.each([
  [{ mahalanobis: 1 }, 'settings.members.mahalanobis must be true or false, got 1'],
  [
    { 'isolation-forest': false, mahalanobis: false, stillness: true },
    'settings.members must have one of isolation-forest, mahalanobis that is true: switch the metric model off instead',
  ],
  [['isolation-forest'], 'settings.members must be an object of true and false, got isolation-forest'],
  [
    Object.fromEntries(Object.keys(DEFAULT_SETTINGS.members).map((id) => [id, false])),
    'settings.members must have one of isolation-forest, mahalanobis that is true: switch the metric model off instead',
  ],
])('refuses members %j', (members, message) => {
  expect(parseSettings({ members })).toEqual({ ok: false, error: { code: 'settings', message } });
});
