<?php
// Router of php -S for SimpleSAMLphp as Debian has it: /simplesaml/SCRIPT.php/PATH runs the script
// with that PATH_INFO, everything else below /simplesaml is a file.
const WEB = '/usr/share/simplesamlphp/www';
const TYPES = [
    'css' => 'text/css', 'js' => 'text/javascript', 'svg' => 'image/svg+xml',
    'png' => 'image/png', 'ico' => 'image/x-icon', 'woff2' => 'font/woff2',
];

function not_here(): bool
{
    http_response_code(404);
    echo 'not here';
    return true;
}

$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (!preg_match('#^/simplesaml(/.*)$#', $path, $below) || str_contains($path, '..')) {
    return not_here();
}
$script = preg_match('#^(/.+?\.php)(/.*)?$#', $below[1], $parts) ? WEB . $parts[1] : '';
if (!is_file($script)) {
    $file = realpath(WEB . $below[1]);
    if ($file === false || !is_file($file) || !str_starts_with($file, '/usr/share/')) {
        return not_here();
    }
    $type = TYPES[pathinfo($file, PATHINFO_EXTENSION)] ?? 'application/octet-stream';
    header("Content-Type: $type");
    readfile($file);
    return true;
}
$_SERVER['SCRIPT_NAME'] = '/simplesaml' . $parts[1];
$_SERVER['SCRIPT_FILENAME'] = $script;
$_SERVER['PHP_SELF'] = '/simplesaml' . $below[1];
$_SERVER['PATH_INFO'] = $parts[2] ?? '';
if ($_SERVER['PATH_INFO'] === '') {
    unset($_SERVER['PATH_INFO']);
}
chdir(dirname($script));
require $script;
