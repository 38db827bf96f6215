"""Joins of each kind, on one key and on several, of numbers and of strings, dense and sparse, with and without conditions."""

from __future__ import annotations

from troupe.launch.training.job import Job, Workshop

_KINDS = ("inner", "left", "right", "full", "left semi", "left anti")
_STARS = (
    "select city, section, sum(paid * (1 - discount)) s from visits join users using (user) join pages using (page) "
    "where born between '1970-01-01' and '1990-12-31' and title like '%green%' group by city, section order by s desc",
    "select u.name, u.phone, sum(v.paid) s, count(distinct v.page) from users u, visits v, pages p where u.user = v.user and v.page = p.page "
    "and u.country = p.country and v.origin = 'mail' group by u.name, u.phone order by s desc limit 10",
    "select year(v.day) y, sum(case when p.section = 3 then v.paid else 0 end) / sum(v.paid) from visits v join pages p on v.page = p.page "
    "join users u on u.user = v.user where v.day between date'2020-01-01' and date'2021-12-31' group by 1 order by 1",
    "select count(*) from visits a join visits b on a.user = b.user and a.page <> b.page and a.day < b.day where a.visit < 4000",
    "select c, count(*) from (select users.user, count(visit) c from users left join visits on users.user = visits.user and note not like '%77%' group by 1) group by c order by 2 desc",
)


def kinds(at: Workshop) -> None:
    for kind in _KINDS:
        at.sql(
            f"select count(*) from users a {kind} join (select user + 3000 as user, country from users) b on a.user = b.user"
        )
        at.sql(f"select count(*) from users a {kind} join pages b on a.country = b.country and a.user < b.page * 10")
    at.sql("select count(*) from users a join (select name from users where user % 3 = 0) b on a.name = b.name")
    at.sql("select count(*) from pages a cross join pages b where a.size < b.size")
    at.sql("select count(*) from visits a join visits b on a.user = b.user and a.visit = b.visit and a.day = b.day")


def stars(at: Workshop) -> None:
    for text in _STARS:
        at.sql(text)


def shuffled(at: Workshop) -> None:
    visits, users = at.spark.table("visits"), at.spark.table("users")
    joined = visits.hint("shuffle_hash").join(users.hint("shuffle_hash"), "user")
    joined.groupBy("city").count().collect()


JOBS: tuple[Job, ...] = (kinds, stars, shuffled)
