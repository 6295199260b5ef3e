<?php
/*
 * Debian's WordPress without a database and without a network: what an author's post is stored as, and how it is shown.
 * Argument: the folder of WordPress, a copy of our own. Standard input is a JSON list of [who, content]; who is
 * "author" (no unfiltered_html) or "editor". Standard output: {"pages": [...], "asked": [addresses it wanted to read]}.
 * That it has no database is told by wp-content/db.php, which is WordPress's own way to have another one.
 */
error_reporting( E_ALL & ~E_DEPRECATED & ~E_WARNING );
ini_set( 'display_errors', 'stderr' );
$folder = rtrim( $argv[1], '/' ) . '/';

class No_Database {
	public $prefix = 'wp_', $base_prefix = 'wp_', $charset = 'utf8mb4', $collate = '', $blogid = 1, $siteid = 1;
	public $show_errors = false, $suppress_errors = true, $last_error = '', $insert_id = 0, $num_rows = 0, $is_mysql = false;

	public function __get( $name ) {
		return 'wp_' . $name;
	}

	public function __set( $name, $value ) {
		$this->{$name} = $value;
	}

	public function __call( $name, $given ) {
		$lists = array( 'get_results', 'get_col', 'tables' );
		return in_array( $name, $lists, true ) ? array() : null;
	}

	public function prepare( $query ) {
		return $query;
	}

	public function get_results( $query = null ) {
		if ( false === strpos( (string) $query, 'option_name' ) ) {
			return array();
		}
		$options = array(
			'siteurl' => 'https://blog.example', 'home' => 'https://blog.example', 'blog_charset' => 'UTF-8',
			'use_smilies' => '1', 'use_balanceTags' => '0', 'template' => 'none', 'stylesheet' => 'none',
			'gmt_offset' => '9', 'html_type' => 'text/html', 'active_plugins' => serialize( array() ),
		);
		$rows = array();
		foreach ( $options as $name => $value ) {
			$rows[] = (object) array( 'option_name' => $name, 'option_value' => $value );
		}
		return $rows;
	}
}

file_put_contents( $folder . 'wp-content/db.php', "<?php \$GLOBALS['wpdb'] = new No_Database();\n" );

$_SERVER += array( 'HTTP_HOST' => 'blog.example', 'REQUEST_URI' => '/', 'SERVER_NAME' => 'blog.example', 'REQUEST_METHOD' => 'GET' );
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
define( 'ABSPATH', $folder );
define( 'WP_CONTENT_URL', 'https://blog.example/wp-content' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $word ) {
	define( $word . '_KEY', 'no secret' );
	define( $word . '_SALT', 'no secret' );
}
$table_prefix = 'wp_';
require ABSPATH . 'wp-settings.php';

$asked = array();
add_filter(
	'pre_http_request',
	function ( $answer, $given, $url ) use ( &$asked ) {
		$asked[] = $url;
		return new WP_Error( 'none', 'no network' );
	},
	10,
	3
);
$pages = array();
foreach ( json_decode( stream_get_contents( STDIN ), true ) as list( $who, $content ) ) {
	kses_remove_filters();
	if ( 'author' === $who ) {
		kses_init_filters();
	}
	$saved = wp_unslash( apply_filters( 'content_save_pre', wp_slash( $content ) ) );
	$pages[] = apply_filters( 'the_content', $saved );
}
echo wp_json_encode( array( 'pages' => $pages, 'asked' => $asked ), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
