-- Numbers of the GPU resources; they differ from site to site.
select id, name
from tres_table
where type = 'gres' and (name = 'gpu' or name like 'gpu:%') and deleted = 0
order by id
