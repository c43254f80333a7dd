package config

// requests is what a request may be. What is over a limit is refused with a code of its own, before a call to CCUBE.
func requests() []setting {
	return []setting{
		{"max-body", "MAX_BODY", "1MiB", "How large the body of a client's request may be.",
			size(kib, 1024*mib, func(c *Config) *int64 { return &c.MaxBody })},
		{"max-headers", "MAX_HEADERS", "100", "How many headers a request may have.",
			integer(10, 10_000, func(c *Config) *int { return &c.MaxHeaders })},
		{"max-header-bytes", "MAX_HEADER_BYTES", "32KiB", "How long its headers may be, and the address with a query that comes by GET.",
			size(kib, mib, func(c *Config) *int64 { return &c.MaxHeaderBytes })},
		{"max-tokens", "MAX_TOKENS", "1000", "How many words, numbers and signs a document may have.",
			integer(1, 15_000, func(c *Config) *int { return &c.Limits.Tokens })},
		{"max-depth", "MAX_DEPTH", "10", "How many fields may lie below one another.",
			integer(1, 100, func(c *Config) *int { return &c.Limits.Depth })},
		{"max-fields", "MAX_FIELDS", "200", "How many different fields an operation may select, fragments spread out.",
			integer(1, 5_000, func(c *Config) *int { return &c.Limits.Fields })},
		{"max-root-fields", "MAX_ROOT_FIELDS", "20", "How many fields an operation may begin with.",
			integer(1, 1_000, func(c *Config) *int { return &c.Limits.RootFields })},
		{"max-aliases", "MAX_ALIASES", "15", "How many names an operation may give to fields that it repeats at one place; renaming a field counts nothing.",
			integer(1, 5_000, func(c *Config) *int { return &c.Limits.Aliases })},
		{"max-directives", "MAX_DIRECTIVES", "50", "How many directives an operation may have, fragments spread out.",
			integer(1, 5_000, func(c *Config) *int { return &c.Limits.Directives })},
		{"max-list", "MAX_LIST", "1000", "How many values a list in an argument or a variable may have.",
			integer(1, 100_000, func(c *Config) *int { return &c.Limits.List })},
		{"max-name", "MAX_NAME", "128", "How long a name in a document may be, such as the operation's, in bytes.",
			integer(1, 10_000, func(c *Config) *int { return &c.Limits.Name })},
		{"max-errors", "MAX_ERRORS", "100", "How many errors an answer tells before it only counts them.",
			integer(1, 10_000, func(c *Config) *int { return &c.Limits.Errors })},
		{"max-answer", "MAX_ANSWER", "32MiB", "How large the data of an answer may be; of a table, those of each thousand rows.",
			size(kib, 1024*mib, func(c *Config) *int64 { return &c.Limits.AnswerBytes })},
	}
}
