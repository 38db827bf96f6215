// The pages by their names in addresses.

import { environment, storage } from "./page/plain.js";
import { executors } from "./page/executors.js";
import { jobs, stages } from "./page/lists.js";
import { overview } from "./page/overview.js";
import { python } from "./page/python.js";
import { query } from "./page/query.js";
import { stage } from "./page/stage.js";

export { applications } from "./page/applications.js";

export const PAGES = { overview, query, stage, stages, jobs, python, executors, storage, environment };
