/** Why a function that Architect has cannot be run here. */
const reasons = {
  organization: 'looks something up in the organization, which is not there offline',
  form: 'is known, but not simulated here',
} as const;

const names: Readonly<Record<keyof typeof reasons, readonly string[]>> = {
  organization: [
    ...['FindQueue', 'FindQueueById', 'FindUser', 'FindUserById', 'FindGroup', 'FindGroupById', 'FindSkill'],
    ...['FindLanguageSkill', 'FindWrapUpCode', 'FindSchedule', 'FindScheduleGroup', 'FindEmergencyGroup'],
    ...['FindUserPrompt', 'FindSystemPrompt'],
  ],
  form: [
    ...['ToDate', 'MakeDate', 'ToTime', 'MakeTime', 'DayOfWeek', 'GetDayOfWeek', 'MakeEmailAddress'],
    ...['ToAudioBoolean', 'ToAudioPhoneNumber', 'ToAudioDate', 'ToAudioTime', 'ToAudioCurrency'],
    ...['ToCommunication', 'ToCommunicationTTS', 'RandomInt', 'IsEmpty', 'AddItemAt', 'ReplaceItem', 'ReplaceItemAt'],
  ],
};

const byName = new Map(
  (['organization', 'form'] as const).flatMap((reason) =>
    names[reason].map((name) => [name.toLowerCase(), reasons[reason]] as const),
  ),
);

/** Why the function of this name is not run here; undefined if it is, or if nobody knows it. */
export const whyNotSimulated = (name: string): string | undefined => byName.get(name.toLowerCase());

/** The names of those functions. */
export const notSimulatedNames: readonly string[] = Object.values(names).flat();
