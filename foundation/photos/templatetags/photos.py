"""``{% photo_gallery photos %}``: the grid of thumbnails in a template."""

from django import template

from foundation.photos.showing import gallery

register = template.Library()
register.simple_tag(gallery, name="photo_gallery")
