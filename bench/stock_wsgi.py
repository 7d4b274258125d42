"""What gunicorn serves of the stock site."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
