"""SQL: every clause, subqueries of each form, aggregates, windows, sorts."""

from __future__ import annotations

from troupe.launch.training.job import Job, Workshop

_AGGREGATES = (
    "select origin, again, sum(paid), sum(paid * (1 - discount)), sum(paid * (1 - discount) * (1 + discount)), avg(seconds), "
    "avg(paid), count(*), min(url), max(note) from visits where day <= date'2022-12-01' - interval 90 days group by origin, again order by 1, 2",
    "select sum(paid * discount) from visits where day >= date'2020-01-01' and day < date'2021-01-01' and discount between 0.02 and 0.07 and seconds < 100",
    "select user, count(*) c, sum(seconds) s, stddev(seconds) from visits group by user having sum(seconds) > 300 order by s desc, user limit 20",
    "select day, page, max(moment), min(weight), sum(wide) from visits group by day, page order by sum(wide) desc limit 10",
    "select count(distinct user), count(distinct url), approx_count_distinct(page) from visits",
    "select origin, collect_set(page % 5), percentile(seconds, 0.5), first(url) from visits group by origin",
    "select origin, year(day), sum(paid) filter (where again), grouping(origin) from visits group by rollup(origin, year(day)) order by 1, 2",
    "select count(*) from (select distinct url, user from visits)",
    "select substring(url, 1, 24) u, count(*) from visits group by 1 order by 2 desc, 1 limit 5",
)
_SUBQUERIES = (
    "select name from users where user in (select user from visits where paid > 99.9) and not exists (select 1 from visits v where v.user = users.user and v.page = 3) order by name limit 9",
    "select u.user, (select max(paid) from visits v where v.user = u.user) m from users u where balance > (select avg(balance) from users) order by m desc nulls last limit 5",
    "select sum(paid) from visits v where seconds < (select 0.5 * avg(seconds) from visits w where w.page = v.page)",
    "with best as (select page, sum(paid) s from visits group by page) select title, s from best join pages using (page) where s = (select max(s) from best)",
    "select count(*) from users where user not in (select user from visits where page < 2 and user is not null)",
)
_WINDOWS = (
    "select * from (select user, page, row_number() over (partition by country order by balance desc) r from users join pages using (country)) where r <= 2",
    "select sum(x) from (select sum(paid) over (partition by user order by moment rows between 3 preceding and current row) x from visits)",
    "select max(l), max(r) from (select lag(seconds) over (partition by page order by visit) l, rank() over (partition by page order by day) r from visits)",
)
_SHAPES = (
    "select origin from visits where page < 3 union select city from users except select title from pages order by 1",
    "select city from users intersect select 'Lima'",
    "select visit, url from visits order by url desc, visit limit 100",
    "select user, day, paid from visits order by paid desc, day, user",
    "select origin, explode(scores) s from visits where visit < 3000",
    "select case when origin like '%ail' then 'm' when origin is null then 'none' else upper(origin) end o, count(*) from visits group by 1 order by 1",
    "select count(*) from visits where url like '%/12%' and url not like '%ref=2' and (note like 'note%9' or origin in ('mail', 'direct'))",
    "select * from values (1, 'a'), (2, null) as t(x, y) order by x",
    "select * from (select origin, page % 3 p, paid from visits) pivot (sum(paid) for p in (0, 1, 2))",
    "select extract(year from day) y, sum(if(origin = 'mail', paid, 0)) / sum(paid) share from visits group by y order by y",
)


def aggregates(at: Workshop) -> None:
    _all(at, _AGGREGATES)


def subqueries(at: Workshop) -> None:
    _all(at, _SUBQUERIES)


def windows(at: Workshop) -> None:
    _all(at, _WINDOWS)


def shapes(at: Workshop) -> None:
    _all(at, _SHAPES)


def explained(at: Workshop) -> None:
    at.sql("explain formatted select origin, count(*) from visits group by origin")
    at.sql("describe visits")


def _all(at: Workshop, texts: tuple[str, ...]) -> None:
    for text in texts:
        at.sql(text)


JOBS: tuple[Job, ...] = (aggregates, subqueries, windows, shapes, explained)
