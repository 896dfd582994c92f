-- Narrowed to a small service, a common word was looked up case by case: 230,000 texts of a million for a commissioner, ten seconds. So each
-- is marked with the service of its case as well. The column that is searched is made anew for it, and its index with it.
alter table texts drop column tsv;
alter table texts add column service_area text not null default '';
comment on column texts.service_area is 'Of its case as that now stands, written by the keeper when a case goes to another service; empty for a task of no case.';
-- The owner is under row-level security too, and would find nothing; policies are made afresh after this.
alter table texts no force row level security;
alter table cases no force row level security;
update texts t set service_area = c.service_area from cases c where c.id = t.case_id;
alter table texts add column tsv tsvector not null generated always as (
  to_tsvector('words', translate(name || E'\n' || words,
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžƠơƯưȘșȚțẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹØøŁłĐđıĦħ‘’',
    'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyyAaAaAaCcCcCcCcDdEeEeEeEeEeGgGgGgGgHhIiIiIiIiIJjKkLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtUuUuUuUuUuUuWwYyYZzZzZzOoUuSsTtAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyOoLlDdiHh'''''))
  || array_to_tsvector(array[
    '~s' || source,
    '~v' || service_area,
    '~a' || coalesce(author_id::text, ''),
    '~w' || (floor(extract(epoch from at at time zone 'UTC') / 604800))::int::text,
    '~m' || (extract(year from at at time zone 'UTC') * 100 + extract(month from at at time zone 'UTC'))::int::text,
    '~r' || (extract(year from recorded_at at time zone 'UTC') * 100 + extract(month from recorded_at at time zone 'UTC'))::int::text])
) stored;
create index texts_found on texts using gin (readers, tsv) with (gin_pending_list_limit = 512);
comment on column texts.tsv is
  'The words, without accents; and marks that no typed word can be (~s source, ~v service, ~a author, ~w the week since 1970 and ~m the month of at, ~r the month of recorded_at), so that the index serves these too.';
