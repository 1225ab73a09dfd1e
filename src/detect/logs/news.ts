import { LOG_LEVELS } from '../../domain/telemetry';
import type { LogModel, NewsWeight } from './log-model';
import { SAME_MS } from './recurrence';
import { createRefrainBook, dropOldest, type Refrain } from './refrains';
import type { Template } from './template';

/**
 * A template that the fleet has known for longer than this is no news by itself: as long as what a first training sees. What is rare and harmless
 * comes up sooner or later, and training never sees what is flagged.
 */
export const FRESH_MS = 900_000;
/** What only one or two devices say stays on trial for so long: longer than what creeps takes to show. */
export const TRIAL_MS = 7_200_000;
/** That one device goes on saying something is told for so long: one alarm, not one a minute. After a pause of FRESH_MS it is told again. */
const TOLD_MS = 60_000;
/** What so many devices say belongs to the fleet: a release, a change of configuration. */
const SPREAD_DEVICES = 3;
/** Templates that are followed at once; beyond it those silent for longest are dropped. */
const MAX_TEMPLATES = 2048;
/** Minutes of the last hour in which a device may say what no other says, as a backup or a migration does; each minute more is worth so many factors of ten. */
const JOB_MINUTES = 24;
const LASTING_PER_MINUTE = 0.2;
/**
 * From level warning on what a device has long been silent of and then says minute after minute is told of sooner. A line whose rate nobody knows, and which
 * did not come among the device's first E lines, comes again k times within C lines with probability (C / (C + E)) ** k (gamma and Poisson). Of so many
 * factors of ten each minute counts for a part, since what is rare comes clumped, and for half of that where a second device says so; and for one at most, as much as a
 * recurrence within a minute.
 */
const INDEPENDENT = 0.7;
const MOST_PER_MINUTE = 1;
const WARNING = LOG_LEVELS.indexOf('warning');
const UNKNOWN = LOG_LEVELS.indexOf('unknown');
/** Lines without a level are as bad as `info`. */
const LEVEL_OF_UNKNOWN = LOG_LEVELS.indexOf('info');

/** How a line of a template that training did not know stands to what the fleet has said so far. */
export interface News extends Omit<Refrain, 'toldAt'> {
  /** It came up a short while ago, or was last flagged and comes back. */
  readonly fresh: boolean;
  /** Another device said it first, and it was not flagged. */
  readonly heard: boolean;
  /** One or two devices alone say it, and not for long enough that it is ordinary: nothing is learned from it. */
  readonly onTrial: boolean;
  /** How many devices have said it, this one included; beyond two it is not counted on. */
  readonly devices: number;
  /** That this device goes on saying it was told a while ago. */
  readonly told: boolean;
  /** Of all lines so far, at how many the fleet met a new template at this level or a worse one: before this line, and lines in all. */
  readonly met: number;
  readonly lines: number;
}

/** What the fleet has said that training did not know. */
export interface NewsBook {
  /** Counts a line of a device, of whatever template. isJudged: there is a model. */
  countLine(device: number, isJudged: boolean): void;
  /** Counts a line of a template that training did not know. t: ms; level: index into LOG_LEVELS. */
  count(device: number, template: Pick<Template, 'id' | 'firstSeen'>, t: number, level: number): News;
  /** The template was flagged: when it comes back after a pause it is as fresh as at first, however long ago that was. */
  convict(template: number): void;
  /** A line of the template by this device was flagged at t (ms): that it goes on is told soon. */
  tell(device: number, template: number, t: number): void;
  /** It came with trouble, and says nothing of how often harmless news come up. */
  setAside(template: number): void;
  isConvicted(template: number): boolean;
  /** How much it has counted; the stories themselves are of the present data. */
  save(): SavedNews;
  /** Forgets all, and goes on from saved counts; undefined: from none. */
  restore(saved: SavedNews | undefined): void;
}

/** Lines counted, and new templates met by level (index into LOG_LEVELS). */
export interface SavedNews {
  readonly lines: number;
  readonly met: Float64Array;
}

interface Story {
  /** Since when it counts as new. */
  from: number;
  lastT: number;
  convicted: boolean;
  /** Level that it was met at; undefined: set aside, or one of several templates of one outcry. */
  level: number | undefined;
  /** The first devices that said it, at most SPREAD_DEVICES. */
  readonly devices: number[];
}

/** A book with bounded memory. */
export function createNewsBook(): NewsBook {
  const stories = new Map<number, Story>();
  const refrains = createRefrainBook();
  /** When each device last met one. */
  const metT = new Map<number, number>();
  let metAt = new Float64Array(LOG_LEVELS.length);
  let lines = 0;

  function follow(
    { id, firstSeen }: Pick<Template, 'id' | 'firstSeen'>,
    { t, device, level }: { readonly t: number; readonly device: number; readonly level: number },
  ): Story {
    let story = stories.get(id);
    if (story === undefined) {
      if (stories.size >= MAX_TEMPLATES) dropOldest(stories, MAX_TEMPLATES >> 3);
      const isCounted = !(Math.abs(t - (metT.get(device) ?? Number.NEGATIVE_INFINITY)) < SAME_MS);
      story = { from: firstSeen, lastT: t, convicted: false, level: isCounted ? level : undefined, devices: [] };
      if (isCounted) metAt[level]++;
      metT.set(device, t);
    } else if (story.convicted && t - story.lastT > FRESH_MS) {
      story.from = t;
      story.devices.length = 0;
    }
    story.lastT = Math.max(story.lastT, t);
    if (story.devices.length < SPREAD_DEVICES && !story.devices.includes(device)) story.devices.push(device);
    stories.delete(id);
    stories.set(id, story);
    return story;
  }

  return {
    countLine(device, isJudged) {
      refrains.countLine(device);
      if (isJudged) lines++;
    },
    count(device, template, t, level) {
      const rank = level === UNKNOWN ? LEVEL_OF_UNKNOWN : level;
      const met = metAtLeast(metAt, rank);
      const story = follow(template, { t, device, level: rank });
      const passed = t - story.from;
      const onTrial = passed <= TRIAL_MS && story.devices.length < SPREAD_DEVICES;
      const { toldAt, ...refrain } = refrains.say(device, template.id, t, story.convicted);
      return {
        fresh: passed <= FRESH_MS,
        heard: !story.convicted && story.devices[0] !== device,
        onTrial,
        devices: story.devices.length,
        told: t - toldAt > TOLD_MS,
        ...refrain,
        met,
        lines,
      };
    },
    convict(template) {
      const story = stories.get(template);
      if (story !== undefined) story.convicted = true;
    },
    tell: refrains.tell,
    setAside(template) {
      const story = stories.get(template);
      if (story?.level === undefined) return;
      metAt[story.level] = Math.max(0, metAt[story.level] - 1);
      story.level = undefined;
    },
    isConvicted: (template) => stories.get(template)?.convicted === true,
    save: () => ({ lines, met: metAt.slice() }),
    restore(saved) {
      stories.clear();
      metT.clear();
      lines = saved?.lines ?? 0;
      refrains.restart(lines);
      metAt = saved?.met.slice() ?? new Float64Array(LOG_LEVELS.length);
    },
  };
}

/**
 * What the fleet's past says of a line of a new template, in factors of ten. At most: how often the fleet has met new templates at this level or a worse one
 * (Good and Turing's estimate of what was never seen), which few lines cannot say to be rare; what training met counts as the newer half of its lines.
 */
export function weighNews(
  { novelShare, atLeast, summary }: Pick<LogModel, 'novelShare' | 'atLeast' | 'summary'>,
  news: News,
  level: number,
): NewsWeight {
  const before = summary.rows / 2;
  const met = Math.max(1, before * novelShare * atLeast[level]) + news.met;
  return {
    atMost: Math.max(0, Math.log10((before + news.lines) / met)),
    heard: news.heard,
    ofReturn: Math.min(1, silenceDecades(news)),
    lasting: lastingDecades(news, level),
  };
}

/** Whether a level, as index into LOG_LEVELS, is warning or worse. */
export function isBad(level: number): boolean {
  return level >= WARNING && level !== UNKNOWN;
}

/** Whether it counts that one device goes on saying it. */
export function isLasting(news: News, level: number): boolean {
  return lastingDecades(news, level) > 0;
}

function lastingDecades(news: News, level: number): number {
  if (!news.onTrial || news.told) return 0;
  const quiet = LASTING_PER_MINUTE * Math.max(0, news.hour - JOB_MINUTES);
  if (!isBad(level)) return quiet;
  const perMinute = Math.min(MOST_PER_MINUTE, (INDEPENDENT / news.devices) * silenceDecades(news));
  return Math.max(quiet, perMinute * (news.minutes - 1));
}

/** How rare it is that a line comes once more within so few, that did not come among so many before. */
function silenceDecades({ before, since }: News): number {
  return Math.log10((since + before) / since);
}

function metAtLeast(metAt: Float64Array, level: number): number {
  let sum = 0;
  for (let i = level; i < UNKNOWN; i++) sum += metAt[i];
  return sum;
}
