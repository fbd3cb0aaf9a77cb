{{%AUTOESCAPE context="HTML"}}
<th scope="col" class="num">[[Core-hours]]</th><th scope="col">[[Cores used]]</th>
<th scope="col" class="num">[[Core-hours wasted]]</th>
{{#GPUS}}<th scope="col">[[GPUs used]]</th>
<th scope="col" class="num">[[GPU-hours wasted]]</th>{{/GPUS}}
{{#COST}}<th scope="col" class="num">[[Cost wasted]]</th>{{/COST}}
