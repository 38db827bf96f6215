"""Functions by family: strings, dates, numbers, collections, casts."""

from __future__ import annotations

from troupe.launch.training.job import Job, Workshop

_FAMILIES = (
    "max(upper(origin)), max(lower(url)), max(length(url)), max(trim(note)), max(substring(url, 5, 12)), max(replace(url, '/', '-')), "
    "max(concat_ws(',', origin, url)), max(split(url, '/')[3]), max(regexp_replace(url, '[0-9]+', 'n')), max(regexp_extract(url, 'ref=(.)', 1)), "
    "max(instr(url, 'ref')), max(lpad(origin, 9, '.')), max(initcap(note)), max(reverse(origin)), count_if(url rlike 'e/1.*2$'), max(md5(url))",
    "max(year(day)), max(month(day)), max(dayofweek(day)), max(date_add(day, 3)), max(datediff(day, date'2020-01-01')), max(trunc(day, 'MM')), "
    "max(date_trunc('hour', moment)), max(date_format(moment, 'yyyy-MM-dd HH:mm')), max(to_date('2020-02-03')), max(unix_timestamp(moment)), "
    "max(hour(moment)), max(add_months(day, 2)), max(last_day(day)), max(moment + interval 2 hours), max(cast(moment as date))",
    "max(abs(seconds)), max(round(paid, 1)), max(floor(seconds)), max(sqrt(seconds)), max(pow(weight, 2)), max(log(seconds + 1)), max(visit % 7), "
    "max(visit div 3), max(paid / 3), max(paid + wide), max(greatest(small, shorter)), max(coalesce(note, url)), max(nullif(origin, 'mail')), "
    "max(bround(seconds, 2)), max(-visit), max(hash(url)), max(xxhash64(user)), max(small & 3), max(sin(seconds))",
    "max(size(scores)), max(array_contains(scores, 2)), max(scores[0]), max(array_join(transform(scores, x -> cast(x as string)), '+')), "
    "max(element_at(filter(scores, x -> x > 0), 1)), max(device.os), max(map_keys(map(origin, page))[0]), max(sort_array(scores)), "
    "max(to_json(device)), max(get_json_object('{\"a\":1}', '$.a')), max(aggregate(scores, 0L, (a, x) -> a + x))",
    "max(cast(visit as string)), max(cast(seconds as int)), max(cast(paid as double)), max(cast(day as string)), max(cast(moment as string)), "
    "max(try_cast(note as int)), max(cast(cast(user as string) as bigint)), max(cast(again as int)), max(cast(page as decimal(20,3))), max(cast(paid as string))",
)


def families(at: Workshop) -> None:
    for family in _FAMILIES:
        at.sql(f"select {family} from (select * from visits limit 20000) where origin is not null and page % 100 < 50")


JOBS: tuple[Job, ...] = (families,)
