"""Pictures that the site draws itself, pure: lead pictures of stories, and what other sites show beside a link."""
