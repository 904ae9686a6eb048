package dev.mastic.crawler.crawl;

/** What a crawl does when somebody changed a table between its plan and its write. */
enum OnRace {
    /** Looks at the table again, and plans for what it is now. */
    PLAN_ANEW,
    /** Fails: exactly the plan was asked for. */
    FAIL
}
