import { readGradle } from './gradle-script.ts';
import { absent, firstOf, found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';

/** Finds the text that a build script gives to a name: `version = "…"`, `versionName '…'`, in its blocks or with dots. */
export function findInGradle(target: SettledTarget, content: string): Search {
  const settings = readGradle(content);
  return firstOf(target.path, target.keys, (key) => {
    const places: TextPlace[] = [];
    for (const setting of settings.filter(({ name }) => name === key)) {
      if (setting.text === null) {
        return refused(`${target.path} does not give \`${key}\` as one text in quotes: write it so or set \`pattern\``);
      }
      const { start, end } = setting.text;
      places.push({ start, end, text: content.slice(start, end) });
    }
    if (places.length === 0) return absent(`${target.path} has no line \`${key} = "…"\``);
    return found(places, `places of \`${key}\``);
  });
}
