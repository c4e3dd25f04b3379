import { awsSettings } from './aws.ts';
import { genesysSettings } from './genesys.ts';
import { publishingSettings } from './publishing.ts';
import type { Setting } from './setting.ts';
import { solutionSettings } from './solution.ts';

/** Every setting, in the order in which a person would be asked. */
export const settingsTable = [
  ...genesysSettings,
  ...awsSettings,
  ...solutionSettings,
  ...publishingSettings,
] as const satisfies readonly Setting[];

export type SettingId = (typeof settingsTable)[number]['id'];

export const settingOf = (id: SettingId): Setting => {
  const setting = settingsTable.find((one) => one.id === id);
  if (!setting) throw new Error(`There is no setting ${id}.`);
  return setting;
};
