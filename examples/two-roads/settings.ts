/**
 * Settings by their ids. They say nothing of the road: each is one that both roads carry.
 */
export const settings = {
  // Disable all macros without notification.
  "excel16;L_VBAWarningsPolicy;L_empty4": "4",
  "excel16;L_BlockMacroExecutionFromInternet": "1",
  "word16;L_BlockMacroExecutionFromInternet": "1",
};
