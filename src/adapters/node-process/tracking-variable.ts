/** The variable by which processes are known again that left their group (setsid, daemons). */
export const trackingVariable = 'VWMP_TRACKING_ID';
