-- The latest of a million texts with a common word are found within one or two weeks of them; a month is four times the work. So each is
-- marked with its week too. PostgreSQL 15 cannot change what a column is made of, so it is made anew, and its index with it.
alter table texts drop column tsv;
alter table texts add column tsv tsvector not null generated always as (
  to_tsvector('words', translate(name || E'\n' || words,
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžƠơƯưȘșȚțẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹØøŁłĐđıĦħ‘’',
    'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyyAaAaAaCcCcCcCcDdEeEeEeEeEeGgGgGgGgHhIiIiIiIiIJjKkLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtUuUuUuUuUuUuWwYyYZzZzZzOoUuSsTtAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyOoLlDdiHh'''''))
  || array_to_tsvector(array[
    '~s' || source,
    '~a' || coalesce(author_id::text, ''),
    '~w' || (floor(extract(epoch from at at time zone 'UTC') / 604800))::int::text,
    '~m' || (extract(year from at at time zone 'UTC') * 100 + extract(month from at at time zone 'UTC'))::int::text,
    '~r' || (extract(year from recorded_at at time zone 'UTC') * 100 + extract(month from recorded_at at time zone 'UTC'))::int::text])
) stored;
create index texts_found on texts using gin (readers, tsv) with (gin_pending_list_limit = 512);
comment on column texts.tsv is
  'The words, without accents; and marks that no typed word can be (~s source, ~a author, ~w the week since 1970 and ~m the month of at, ~r the month of recorded_at), so that the index serves these too.';
