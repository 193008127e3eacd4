// Playwright drives Firefox as it is installed (channel "moz-firefox") by WebDriver BiDi. To each new tab it says which colour scheme
// pages should see, and Firefox ESR 153 does not know that command yet. It is sent one that changes nothing; Firefox's own
// preferences say it instead (conftest.py). Not needed once an ESR knows `emulation.setMediaFeaturesOverride`.
const { stringify } = JSON;
JSON.stringify = (said, ...more) =>
  stringify(said?.method === "emulation.setMediaFeaturesOverride" ? { ...said, method: "session.status", params: {} } : said, ...more);
