/** The first processes of steps that have not ended: each leads a session and a group of its own. */
export const ownChildren = new Set<number>();

/** Processes of the engine itself that start others for it. */
export const ownSpawners = new Set<number>();
